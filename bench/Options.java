import java.util.List;
import java.util.stream.Stream;

/** What stands behind a program on its command line, as {@code --name=value}. */
record Options(List<String> arguments) {
  static Options of(String[] arguments, String... known) {
    for (String argument : arguments) {
      String name = argument.replaceFirst("=.*", "");
      if (Stream.concat(Stream.of("jar", "jvm", "data"), Stream.of(known))
          .noneMatch(one -> name.equals("--" + one))) {
        System.err.println(
            "Unknown: "
                + argument
                + ". Known: --jar= --jvm= --data= --"
                + String.join("= --", known)
                + "=");
        System.exit(2);
      }
    }
    return new Options(List.of(arguments));
  }

  List<String> all(String name) {
    String start = "--" + name + "=";
    return arguments.stream()
        .filter(argument -> argument.startsWith(start))
        .map(argument -> argument.substring(start.length()))
        .toList();
  }

  String text(String name, String otherwise) {
    return all(name).stream().findFirst().orElse(otherwise);
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }
}
