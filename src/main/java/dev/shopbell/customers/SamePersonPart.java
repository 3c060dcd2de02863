package dev.shopbell.customers;

import dev.shopbell.platform.web.Sight;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who may be, and who is, the same person, for the panel. */
@Component
class SamePersonPart implements CustomerPart {
  private static final int MOST = 10;

  private final DuplicateStore duplicates;
  private final MergeStore merges;
  private final CustomerDoor door;

  SamePersonPart(DuplicateStore duplicates, MergeStore merges, CustomerDoor door) {
    this.duplicates = duplicates;
    this.merges = merges;
    this.door = door;
  }

  /**
   * @param duplicates who may be the same, the likeliest first
   * @param merges who was merged into this customer, the newest first
   */
  record SamePerson(List<Duplicates.Duplicate> duplicates, List<CustomerMerges.Past> merges) {}

  @Override
  public String partName() {
    return "samePerson";
  }

  @Override
  public SamePerson read(long customerId, Sight sight) {
    return new SamePerson(
        duplicates.of(customerId, MOST, door.where(sight)), merges.past(customerId, MOST));
  }
}
