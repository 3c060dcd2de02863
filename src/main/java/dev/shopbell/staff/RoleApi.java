package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "People")
class RoleApi {
  private final Roles roles;

  RoleApi(Roles roles) {
    this.roles = roles;
  }

  /**
   * @param key as roles and tokens name it
   */
  record PermissionExplained(Permission key, String explanation) {}

  /** Everything that a role may allow. */
  @GetMapping("/permissions")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<PermissionExplained> listPermissions() {
    return Page.whole(
        Arrays.stream(Permission.values())
            .map(permission -> new PermissionExplained(permission, permission.explanation()))
            .toList());
  }

  @GetMapping("/roles")
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Role> listRoles() {
    return Page.whole(roles.all());
  }

  @PostMapping("/roles")
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.ROLES_MANAGE)
  Role createRole(@RequestBody Roles.NewRole role, Caller caller) {
    return roles.create(caller, role);
  }

  @PatchMapping("/roles/{id}")
  @Allow(Permission.ROLES_MANAGE)
  Role changeRole(@PathVariable String id, @RequestBody Roles.Change change, Caller caller) {
    return roles.change(caller, id, change);
  }

  @DeleteMapping("/roles/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.ROLES_MANAGE)
  void removeRole(@PathVariable String id, Caller caller) {
    roles.remove(caller, id);
  }
}
