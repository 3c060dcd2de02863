package dev.shopbell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.shopbell.platform.facts.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The house: which room stands on which floor, and that none reaches up or sideways. */
class ArchitectureTest {
  private static final Map<String, Integer> FLOORS =
      Map.of(
          "platform",
          0,
          "brands",
          1,
          "staff",
          1,
          "customers",
          1,
          "conversations",
          2,
          "commerce",
          2,
          "channels",
          3,
          "exchange",
          4);

  private static final Pattern TABLE_MADE = Pattern.compile("create (?:unlogged )?table (\\w+)");
  private static final Pattern TABLE_WRITTEN =
      Pattern.compile("(?i)\\b(?:insert into|update|delete from|lock table)\\s+(\\w+)");
  private static final Pattern TABLE_READ = Pattern.compile("(?i)\\b(?:from|join)\\s+(\\w+)");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.shopbell");

  @Test
  void roomsShowOnlyWhatTheyMeanToShow() {
    ApplicationModules.of(Shopbell.class).verify();
  }

  @Test
  void everyRoomHasAFloorAndImportsFromBelowOnly() {
    for (JavaClass type : CLASSES) {
      String room = room(type);
      if (room == null) {
        continue;
      }
      assertThat(FLOORS).as(type.getName()).containsKey(room);
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        String other = room(dependency.getTargetClass());
        if (other != null && !other.equals(room)) {
          assertThat(FLOORS.get(other))
              .as(dependency.getDescription())
              .isLessThan(FLOORS.get(room));
        }
      }
    }
  }

  private static String room(JavaClass type) {
    Matcher matcher = Pattern.compile("dev\\.shopbell\\.(\\w+)\\..*").matcher(type.getName());
    return matcher.matches() && Character.isLowerCase(matcher.group(1).charAt(0))
        ? matcher.group(1)
        : null;
  }

  @Test
  void aTableIsWrittenByItsRoomAloneAndReadFromAboveOnly() throws IOException {
    Map<String, String> owner = owners();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dev/shopbell"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        Path inside = Path.of("src/main/java/dev/shopbell").relativize(source);
        if (inside.getNameCount() < 2) {
          continue;
        }
        String room = inside.getName(0).toString();
        String strings = strings(Files.readString(source));
        for (String table : found(TABLE_WRITTEN, strings, owner.keySet())) {
          assertThat(owner.get(table)).as("%s writes %s", source, table).isEqualTo(room);
        }
        for (String table : found(TABLE_READ, strings, owner.keySet())) {
          String of = owner.get(table);
          assertThat(of.equals(room) || FLOORS.get(of) < FLOORS.get(room))
              .as("%s reads %s of %s", source, table, of)
              .isTrue();
        }
      }
    }
  }

  /** A migration is named after the room whose tables it makes. */
  private static Map<String, String> owners() throws IOException {
    Map<String, String> owner = new HashMap<>();
    try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path migration : migrations.toList()) {
        String room = migration.getFileName().toString().replaceAll("V\\d+__([a-z]+).*", "$1");
        assertThat(FLOORS).as(migration.toString()).containsKey(room);
        Matcher made = TABLE_MADE.matcher(Files.readString(migration));
        while (made.find()) {
          owner.put(made.group(1), room);
        }
      }
    }
    assertThat(owner).hasSizeGreaterThan(20);
    return owner;
  }

  private static Set<String> found(Pattern pattern, String text, Set<String> tables) {
    Set<String> found = new HashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1).toLowerCase(Locale.ROOT));
    }
    found.retainAll(tables);
    return found;
  }

  /** What stands between quotes: that is where SQL stands. */
  private static String strings(String source) {
    StringBuilder strings = new StringBuilder();
    Matcher matcher =
        Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL)
            .matcher(source);
    while (matcher.find()) {
      String text = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      strings.append(text).append('\n');
    }
    return strings.toString();
  }

  @Test
  void factsAreRecordsNamedInThePastTense() {
    classes()
        .that()
        .implement(Fact.class)
        .should()
        .beRecords()
        .andShould()
        .haveNameMatching(".*\\.[A-Z][A-Za-z]+(ed|In|Sent|Withdrawn|Withheld|Undone|Split)")
        .check(CLASSES);
  }

  @Test
  void factsHoldNoWordsOfPeople() {
    for (JavaClass type : CLASSES) {
      if (type.isAssignableTo(Fact.class) && type.isRecord()) {
        for (var field : type.getFields()) {
          if (field.getRawType().isAssignableTo(String.class)) {
            assertThat(field.getName()).as(type.getName()).isIn("channel");
          }
        }
      }
    }
  }

  @Test
  void noRoomKeepsAKitchenDrawer() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Mapper|Common)")
        .check(CLASSES);
    noClasses().should().resideInAnyPackage("..util..", "..common..", "..helper..").check(CLASSES);
  }

  @Test
  void everyPackageHasAFrontPage() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java/dev/shopbell"))) {
      List<Path> without =
          folders
              .filter(Files::isDirectory)
              .filter(folder -> !folder.endsWith("dev/shopbell"))
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertThat(without).isEmpty();
    }
  }
}
