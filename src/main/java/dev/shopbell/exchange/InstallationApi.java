package dev.shopbell.exchange;

import dev.shopbell.brands.Brands;
import dev.shopbell.brands.FirstBrand;
import dev.shopbell.channels.email.MailState;
import dev.shopbell.platform.Settings;
import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import dev.shopbell.staff.Agents;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The installation as a whole: how far it is set up, and its demo shop. */
@RestController
@RequestMapping("/api/v1/installation")
@Tag(name = "Installation")
class InstallationApi {
  private final Settings settings;
  private final MailState mail;
  private final Brands brands;
  private final Agents agents;
  private final Demo demo;
  private final JdbcClient jdbc;

  InstallationApi(
      Settings settings, MailState mail, Brands brands, Agents agents, Demo demo, JdbcClient jdbc) {
    this.settings = settings;
    this.mail = mail;
    this.brands = brands;
    this.agents = agents;
    this.demo = demo;
    this.jdbc = jdbc;
  }

  /** How far an owner has come, on the way to the first answered mail. */
  record Progress(
      boolean brandNamed, boolean firstMailReceived, boolean firstReplySent, boolean teamInvited) {}

  /**
   * @param demo whether the demo shop is there
   */
  record Installation(
      String version, boolean demo, String publicUrl, MailState.Now mail, Progress progress) {}

  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Installation readInstallation() {
    String version = getClass().getPackage().getImplementationVersion();
    return new Installation(
        version == null ? "development" : version,
        demo.isLoaded(),
        settings.linkBase(),
        mail.now(),
        new Progress(
            brands.all().stream().noneMatch(brand -> brand.name().equals(FirstBrand.NAME)),
            exists("select exists (select from conversation where not demo)"),
            exists("select exists (select from fact where name = 'ReplySent')"),
            agents.all().stream().filter(agent -> !agent.demo()).count() > 1));
  }

  @DeleteMapping("/demo")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.INSTALLATION_MANAGE)
  void removeDemo(Caller caller) {
    demo.remove(caller.actor());
  }

  private boolean exists(String sql) {
    return jdbc.sql(sql).query(Boolean.class).single();
  }
}
