package dev.shopbell.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeldBackImagesTest {
  private static HeldBackImages.Shown shown(String html) {
    String safe = new HtmlSanitizer().sanitize(html, contentId -> null).html();
    return HeldBackImages.shown(safe, place -> "/ours/" + place);
  }

  @Test
  void leadsPicturesToUsAndLeavesReportersOut() {
    HeldBackImages.Shown shown =
        shown(
            "<p title='<img data-remote-image=\"https://a.example/fake.png\">'>Hi</p>"
                + "<img src='https://a.example/1.png?a=1&amp;b=2' alt='One'>"
                + "<img src='https://a.example/2.png' width=1 height=1>"
                + "<img src='https://a.example/3.png' style='width:200px' width=1>");
    assertThat(shown.images()).isEqualTo(2);
    assertThat(shown.trackers()).isEqualTo(1);
    assertThat(shown.html())
        .contains("data-remote-image=\"/ours/0\" alt=\"One\"", "data-remote-image=\"/ours/2\"")
        .doesNotContain("/ours/1", "https://a.example/1", "https://a.example/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src='https://a.example/x.png' width='0'>",
        "<img src='https://a.example/x.png' height='1'>",
        "<img src='https://a.example/x.png' width='2' height='2'>",
        "<img src='https://a.example/x.png' style='width:1px;height:1px'>",
        "<img src='https://a.example/x.png' style='max-width:0'>",
        "<img src='https://shop.us7.list-manage.com/track/open.php?u=1&id=2'>",
        "<img src='https://u1.ct.sendgrid.net/wf/open?upn=abc'>",
        "<img src='https://email.shop.example/o/eJwNx0EKgCAQAMDX6FE2S1oP'>",
        "<img src='https://abc.r.eu-west-1.awstrack.me/I0/0102/x=1'>",
        "<img src='https://shop.example/mail/open.gif?r=anna'>",
        "<img src='https://shop.example/pixel?u=anna'>",
        "<img src='https://shop.example/track/open/anna'>",
        "<img src='https://mailtrack.io/trace/mail/abc.png'>",
        "<img src='https://www.google-analytics.com/collect?v=1'>"
      })
  void knowsWhatOnlyReports(String html) {
    assertThat(shown(html).trackers()).isEqualTo(1);
    assertThat(shown(html).html()).doesNotContain("<img");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src='https://shop.example/opening-hours.png'>",
        "<img src='https://shop.example/images/open/banner.jpg'>",
        "<img src='https://shop.example/pixel-art/house.png'>",
        "<img src='https://shop.example/line.png' width='600' height='2'>",
        "<img src='https://shop.example/wide.png' width='100%' height='auto'>",
        "<img src='https://mcusercontent.com/abc/images/logo.png'>"
      })
  void keepsWhatIsThereToBeSeen(String html) {
    assertThat(shown(html).images()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x.png?mc_eid=77,https://a.example/x.png",
    "https://a.example/x.png?w=5&utm_source=mail&h=6,https://a.example/x.png?w=5&h=6",
    "https://a.example/x.png?UTM_Campaign=a&w=5#f,https://a.example/x.png?w=5",
    "https://a.example/x.png?signature=a%26b&w,https://a.example/x.png?signature=a%26b&w"
  })
  void asksWithoutThePartsThatNameTheReader(String written, String asked) {
    String safe =
        new HtmlSanitizer().sanitize("<img src='" + written + "'>", contentId -> null).html();
    assertThat(HeldBackImages.of(safe)).containsExactly(new HeldBackImages.Image(asked, false));
  }
}
