/**
 * Shopbell with a past of so many conversations, held for another program: it prints in one line of
 * JSON where it is and who may sign in, and is gone when its standard input ends.
 */
final class Hold {
  private Hold() {}

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments, "conversations");
    int conversations = options.number("conversations", 0);
    try (Running shopbell = new Running(options)) {
      shopbell.start();
      String past = "nothing in the database";
      if (conversations > 0) {
        Past filled = new Past(shopbell, conversations);
        filled.fill();
        past = filled.summary();
      }
      System.out.printf(
          "{\"address\": \"%s\", \"smtp\": %d, \"token\": \"%s\", \"email\": \"%s\", \"password\": \"%s\", \"past\": \"%s\", \"machine\": \"%s\"}%n",
          shopbell.uri(""),
          shopbell.smtpPort,
          Running.TOKEN,
          Running.EMAIL,
          Running.PASSWORD,
          past,
          shopbell.machine().replace("\"", "'").replace("\n", " "));
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
