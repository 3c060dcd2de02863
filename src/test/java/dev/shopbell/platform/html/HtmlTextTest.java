package dev.shopbell.platform.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.ProcessorTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void setsParagraphsApartAndBreaksLines() {
    assertThat(HtmlText.of("<p>One\n two</p><p>three<br>four</p><div>five</div><div>six</div>"))
        .isEqualTo("One two\n\nthree\nfour\n\nfive\nsix");
  }

  @Test
  void readsAnEmptyBlockWithABreakAsAnEmptyLine() {
    assertThat(HtmlText.of("<div>a</div><div><br></div><div>b<br></div><div>c</div>"))
        .isEqualTo("a\n\nb\nc");
  }

  @Test
  void numbersAndIndentsLists() {
    assertThat(
            HtmlText.of(
                "<p>Do:</p><ol start=2><li>one<li>two<ul><li>a<br>b</li><li>c</ul></ol><p>end</p>"))
        .isEqualTo("Do:\n\n2. one\n3. two\n   - a\n     b\n   - c\n\nend");
  }

  @Test
  void namesTheTargetOfALinkOnlyWhenItSaysMore() {
    assertThat(
            HtmlText.of(
                "<a href='https://x.test/a'>here</a>, <a href='https://www.x.test/'>x.test</a>, "
                    + "<a href='mailto:a@b.test'>a@b.test</a>, <a href='javascript:x'>no</a>, "
                    + "<a href='https://x.test'><img src=x></a>"))
        .isEqualTo("here <https://x.test/a>, x.test, a@b.test, no,");
  }

  @Test
  void marksQuotesAlsoWithinQuotes() {
    assertThat(
            HtmlText.of(
                "<p>me</p><blockquote><p>you</p><p>more</p><blockquote>they</blockquote></blockquote>ok"))
        .isEqualTo("me\n\n> you\n>\n> more\n>\n> > they\n\nok");
  }

  @Test
  void readsTablesRowByRow() {
    assertThat(
            HtmlText.of(
                "<table><tr><th>Item<th>Price</tr><tr><td><p>Shoe</p><td><b>5</b>"
                    + " €<td></tr></table>after"))
        .isEqualTo("Item | Price\nShoe | 5 €\nafter");
  }

  @Test
  void readsLayoutTablesAsText() {
    assertThat(
            HtmlText.of(
                "<table><tr><td><p>a</p><p>b</p></td><td><table><tr><td>c</td></tr></table></td></tr></table>"))
        .isEqualTo("a\n\nb\n\nc");
  }

  @Test
  void keepsPreformattedText() {
    assertThat(HtmlText.of("x<pre>a\n  b\n\n   c</pre>y")).isEqualTo("x\n\na\n  b\n\n   c\n\ny");
  }

  @Test
  void staysSilentAboutWhatIsHidden() {
    assertThat(
            HtmlText.of(
                "<style>x</style><title>t</title><div style='display:none'>pre&zwnj;view</div>"
                    + "<!-- c --><p>seen&zwnj;&nbsp;&zwnj;&nbsp;it</p><script>y</script>"))
        .isEqualTo("seen it");
  }

  @Test
  void readsImagesByTheirWords() {
    assertThat(HtmlText.of("a <img src=x alt='Logo'> b")).isEqualTo("a Logo b");
  }

  @Test
  void takesLinearTime() {
    Duration took =
        ProcessorTime.of(() -> {
          for (String piece :
              new String[] {
                "<table><tr><td>a<td>b", "<td>x", "<ul><li>", "<a href=x>", "<br>", "<blockquote>a"
              }) {
            HtmlText.of(piece.repeat(30_000));
            HtmlText.of("<table><tr>" + piece.repeat(30_000));
          }
        });

    assertThat(took).isLessThan(Duration.ofSeconds(8));
  }
}
