package dev.shopbell.channels.email;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/mail-domains")
@Tag(name = "Mail")
class MailDomainApi {
  private final MailDomains domains;

  MailDomainApi(MailDomains domains) {
    this.domains = domains;
  }

  /** Asks DNS: may take some seconds. */
  @GetMapping
  @Allow(Permission.MAIL_MANAGE)
  Page<MailDomains.MailDomain> listMailDomains(Caller caller) {
    return Page.whole(domains.all(caller.sight()));
  }

  @PostMapping("/{domain}/check")
  @Allow(Permission.MAIL_MANAGE)
  MailDomains.MailDomain checkMailDomain(@PathVariable String domain) {
    return domains.check(domain);
  }

  @PostMapping("/{domain}/dkim-key")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.MAIL_MANAGE)
  MailDomains.MailDomain makeDkimKey(@PathVariable String domain, Caller caller) {
    return domains.makeKey(caller.actor(), domain);
  }

  @DeleteMapping("/{domain}/dkim-key")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.MAIL_MANAGE)
  void removeDkimKey(@PathVariable String domain, Caller caller) {
    domains.removeKeys(caller.actor(), domain);
  }
}
