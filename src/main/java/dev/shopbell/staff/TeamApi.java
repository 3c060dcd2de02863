package dev.shopbell.staff;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Page;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@RequestMapping("/api/v1/teams")
@Tag(name = "People")
class TeamApi {
  private final Teams teams;

  TeamApi(Teams teams) {
    this.teams = teams;
  }

  @GetMapping
  @Allow(Permission.CONVERSATIONS_READ)
  Page<Team> listTeams() {
    return Page.whole(teams.all());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Allow(Permission.TEAMS_MANAGE)
  Team createTeam(@RequestBody Teams.NewTeam team, Caller caller) {
    Teams.mayChangeMembers(caller.sight());
    return teams.create(caller.actor(), team, false);
  }

  @PatchMapping("/{id}")
  @Allow(Permission.TEAMS_MANAGE)
  Team changeTeam(@PathVariable long id, @RequestBody Teams.Change change, Caller caller) {
    if (change.members() != null) {
      Teams.mayChangeMembers(caller.sight());
    }
    return teams.change(caller.actor(), id, change);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Allow(Permission.TEAMS_MANAGE)
  void removeTeam(@PathVariable long id, Caller caller) {
    Teams.mayChangeMembers(caller.sight());
    teams.remove(caller.actor(), id);
  }
}
