package dev.shopbell.platform.backup;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The backups that the program makes by itself, and when somebody asks for one. */
@RestController
@RequestMapping("/api/v1/installation")
@Tag(name = "Installation")
class BackupApi {
  private final Backups backups;

  BackupApi(Backups backups) {
    this.backups = backups;
  }

  @GetMapping("/backup-plan")
  @Allow(Permission.INSTALLATION_MANAGE)
  BackupPlan readBackupPlan() {
    return backups.plan();
  }

  /** The last 30, newest first. */
  @GetMapping("/backups")
  @Allow(Permission.INSTALLATION_MANAGE)
  Page<Backup> listBackups() {
    return Page.whole(backups.newest());
  }

  /** Makes one soon, in the background. While one is waited for, that is the answer. */
  @PostMapping("/backups")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.INSTALLATION_MANAGE)
  Backup makeBackup(Caller caller) {
    return backups.ask(caller.agentId());
  }
}
