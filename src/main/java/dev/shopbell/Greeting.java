package dev.shopbell;

import dev.shopbell.platform.Settings;
import dev.shopbell.staff.FirstOwner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says on the console where the desk is and how to get in. */
@Component
class Greeting {
  private final Settings settings;
  private final FirstOwner owner;

  Greeting(Settings settings, FirstOwner owner) {
    this.settings = settings;
    this.owner = owner;
  }

  @EventListener(ApplicationReadyEvent.class)
  void greet() {
    StringBuilder text =
        new StringBuilder("\n  Shopbell is ready at " + settings.linkBase() + "\n");
    owner
        .setupLink()
        .ifPresent(link -> text.append("  Set up the first owner: ").append(link).append('\n'));
    owner
        .demoSignIn()
        .ifPresent(signIn -> text.append("  Demo sign-in: ").append(signIn).append('\n'));
    text.append("  Mail by SMTP to ")
        .append(settings.bind())
        .append(':')
        .append(settings.smtpPort())
        .append('\n');
    // The console, not the log: a set-up link is a secret.
    System.out.println(text);
  }
}
