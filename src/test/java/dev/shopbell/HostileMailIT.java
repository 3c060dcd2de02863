package dev.shopbell;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A mail that would like to run something in the desk, or to call home. */
class HostileMailIT {
  private static final String FROM = "\"<img src=x onerror=window.pwned=1>\" <%s>";

  private static final String HTML =
      """
      <html><head><meta http-equiv="refresh" content="0;url=https://evil.example/gone">
      <link rel="stylesheet" href="https://evil.example/link.css">
      <link rel="prefetch" href="https://evil.example/prefetch">
      <base href="https://evil.example/">
      <style>@import url(https://evil.example/import.css); body { background: url(https://evil.example/style.png) }</style>
      <script>window.pwned = 1; top.pwned = 1; alert(1)</script></head>
      <body onload="window.pwned = 1" background="https://evil.example/body.png">
      <table width="600"><tr><td>The words of the mail.</td></tr></table>
      <img src="https://evil.example/pixel.gif" width="1" height="1">
      <img src=x onerror="window.pwned = 1; top.pwned = 1; alert(2)">
      <img src="https://evil.invalid/teapot.png" alt="A teapot" onload="top.pwned = 1">
      <img srcset="https://evil.example/set.png 2x"><picture><source srcset="https://evil.example/source.png"><img></picture>
      <div style="background: url('https://evil.example/css.png'); position: fixed; inset: 0">Over everything</div>
      <svg onload="window.pwned = 1"><image href="https://evil.example/svg.png"/><script>top.pwned = 1</script></svg>
      <math><mtext><table><mglyph><style><img src=x onerror="top.pwned = 1"></style></mglyph></table></mtext></math>
      <iframe src="https://evil.example/frame"></iframe><iframe srcdoc="<script>top.pwned = 1</script>"></iframe>
      <object data="https://evil.example/object"></object><embed src="https://evil.example/embed">
      <video src="https://evil.example/video" autoplay poster="https://evil.example/poster.png"></video>
      <form action="https://evil.example/form"><input autofocus onfocus="top.pwned = 1"><button>Go on</button></form>
      <a href="javascript:top.pwned = 1">a link</a> <a href="data:text/html,<script>top.pwned=1</script>">another</a>
      </body></html>
      """;

  private final RunningShopbell shopbell = RunningShopbell.shared();
  private final Inbox inbox = new Inbox(shopbell);

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(Desk.PATIENCE_MS);
  }

  @Test
  void runsNothingAndCallsNobody() {
    String address = Inbox.address("mallory");
    String subject = "<script>window.pwned=1</script> " + Inbox.word();
    Mail mail =
        new Mail(
            address,
            List.of(Inbox.SHOP),
            "From: "
                + FROM.formatted(address)
                + "\r\nTo: "
                + Inbox.SHOP
                + "\r\nSubject: "
                + subject
                + "\r\n"
                + Inbox.bears(Inbox.messageId())
                + "\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                + HTML.replace("\n", "\r\n"));
    inbox.take(mail);
    long id = inbox.only(address);
    try (Desk desk = Desk.of(shopbell).signedIn().inbox()) {
      assertThat(desk.row(subject)).isVisible();
      desk.open(id);
      assertThat(desk.heading(subject + " – Change the subject")).isVisible();
      var frame = desk.page().frameLocator("iframe.mail-frame");
      assertThat(frame.getByText("The words of the mail.")).isVisible();
      assertThat(desk.text("1 picture from elsewhere not shown")).isVisible();
      assertThat(desk.text("only reports who reads this left out")).isVisible();
      assertThat(desk.calledOut()).isEmpty();
      desk.button("Show once").click();
      assertThat(
              frame.getByText("“A teapot”: picture not shown. There is no server “evil.invalid”"))
          .isVisible();
      frame.getByText("a link").click();
      frame.getByText("another").click();

      assertThat(desk.page().evaluate("window.pwned")).isNull();
      assertThat(
              desk.page()
                  .evaluate(
                      "[...document.querySelectorAll('iframe')].every(frame =>"
                          + " frame.contentWindow.pwned === undefined"
                          + " && !frame.sandbox.contains('allow-scripts')"
                          + " && frame.contentDocument.body.querySelector('script,style,iframe,object,embed,form,input,base,link,meta,svg,math,video') === null)"))
          .isEqualTo(true);
      desk.isAt("/inbox/all/" + id);
      assertThat(desk.page().context().pages()).hasSize(1);
      assertThat(desk.calledOut()).isEmpty();
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
