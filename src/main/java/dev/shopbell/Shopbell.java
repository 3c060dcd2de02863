package dev.shopbell;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Customer service for online shops. */
@SpringBootApplication
public class Shopbell {
  public static void main(String[] arguments) {
    SpringApplication.run(Shopbell.class, arguments);
  }
}
