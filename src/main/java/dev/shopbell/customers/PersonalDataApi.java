package dev.shopbell.customers;

import dev.shopbell.platform.web.Allow;
import dev.shopbell.platform.web.Caller;
import dev.shopbell.platform.web.Permission;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** All that is kept of one person: given out, and erased. */
@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "Personal data")
class PersonalDataApi {
  private static final String README =
      """
      Everything that is kept of one person.

      customers.json      names, addresses and own fields, of each customer that was found to be this person
      conversations/      a folder for each conversation: the conversation with all its messages, notes of
                          colleagues and unsent drafts in conversation.json, and the files in files/
      elsewhere/          what the person wrote in conversations of others
      originals/          mail as it arrived, by the number of its message

      Times are in UTC. Numbers before the names of files are those by which the messages name them.
      """;

  private final Erasures erasures;
  private final Customers customers;
  private final CustomFields fields;
  private final List<PersonalData> rooms;
  private final JsonMapper json;

  PersonalDataApi(
      Erasures erasures,
      Customers customers,
      CustomFields fields,
      List<PersonalData> rooms,
      JsonMapper json) {
    this.erasures = erasures;
    this.customers = customers;
    this.fields = fields;
    this.rooms = rooms;
    this.json = json;
  }

  /**
   * @param confirmation an address or the name of the customer, so that nobody is erased by
   *     mistake; of one who has neither, the id
   */
  record ErasureRequest(String confirmation) {}

  /**
   * @param searches what finds the person in what others wrote, which is not erased
   */
  record Erasure(long customerId, List<String> searches) {}

  /**
   * @param fields values of the shop's own fields, by their keys
   */
  record ExportedCustomer(Customers.CustomerWithIdentities customer, Map<String, Object> fields) {}

  /**
   * A zip of all that is kept of the person, customers that were merged into this one included. It
   * is written while it is read: where the answer breaks off, the zip has no end.
   */
  @GetMapping(path = "/{id}/export", produces = "application/zip")
  @Allow(Permission.CUSTOMERS_ERASE)
  void exportCustomer(@PathVariable long id, Caller caller, HttpServletResponse response)
      throws IOException {
    Person person = erasures.person(caller.sight(), id);
    erasures.exported(caller.actor(), person);
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"customer-" + id + ".zip\"");
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    PersonExport export = new PersonExport(response.getOutputStream(), json);
    export.text("README.txt", README);
    export.json("customers.json", person.customerIds().stream().map(this::customer).toList());
    for (PersonalData room : rooms) {
      room.export(person, export);
    }
    export.finish();
  }

  private ExportedCustomer customer(long id) {
    return new ExportedCustomer(customers.withIdentities(customers.get(id)), fields.values(id));
  }

  /**
   * Erases everything that is kept of the person, for good. The customer is gone at once and
   * answers 404 from then on; all else goes within seconds, files within minutes. Mail that comes
   * from the same address later is that of a new person.
   */
  @PostMapping("/{id}/erasure")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Allow(Permission.CUSTOMERS_ERASE)
  Erasure eraseCustomer(@PathVariable long id, @RequestBody ErasureRequest request, Caller caller) {
    Person person = erasures.begin(caller.actor(), caller.sight(), id, request.confirmation());
    return new Erasure(
        id,
        Stream.concat(person.addresses().stream(), person.names().stream())
            .map(words -> "\"" + words.replace("\"", "") + "\"")
            .toList());
  }
}
