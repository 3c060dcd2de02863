package dev.shopbell.channels.email;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that calendar programs give to time zones. */
final class CalendarZones {
  /** Windows' names of zones and the zone each stands for (Unicode CLDR, windowsZones). */
  private static final String WINDOWS =
      """
      dateline=Etc/GMT+12;hawaiian=Pacific/Honolulu;alaskan=America/Anchorage;pacific=America/Los_Angeles
      us mountain=America/Phoenix;mountain=America/Denver;central america=America/Guatemala;central=America/Chicago
      canada central=America/Regina;central standard time (mexico)=America/Mexico_City;sa pacific=America/Bogota
      eastern=America/New_York;us eastern=America/Indianapolis;venezuela=America/Caracas;atlantic=America/Halifax
      sa western=America/La_Paz;pacific sa=America/Santiago;newfoundland=America/St_Johns;e. south america=America/Sao_Paulo
      argentina=America/Buenos_Aires;sa eastern=America/Cayenne;greenland=America/Godthab;montevideo=America/Montevideo
      azores=Atlantic/Azores;cape verde=Atlantic/Cape_Verde;gmt=Europe/London;greenwich=Atlantic/Reykjavik
      morocco=Africa/Casablanca;w. europe=Europe/Berlin;central europe=Europe/Budapest;romance=Europe/Paris
      central european=Europe/Warsaw;w. central africa=Africa/Lagos;namibia=Africa/Windhoek;jordan=Asia/Amman
      gtb=Europe/Bucharest;middle east=Asia/Beirut;egypt=Africa/Cairo;e. europe=Europe/Chisinau;syria=Asia/Damascus
      south africa=Africa/Johannesburg;fle=Europe/Kiev;turkey=Europe/Istanbul;israel=Asia/Jerusalem
      kaliningrad=Europe/Kaliningrad;libya=Africa/Tripoli;arabic=Asia/Baghdad;arab=Asia/Riyadh;belarus=Europe/Minsk
      russian=Europe/Moscow;e. africa=Africa/Nairobi;iran=Asia/Tehran;arabian=Asia/Dubai;azerbaijan=Asia/Baku
      russia time zone 3=Europe/Samara;mauritius=Indian/Mauritius;georgian=Asia/Tbilisi;caucasus=Asia/Yerevan
      afghanistan=Asia/Kabul;west asia=Asia/Tashkent;ekaterinburg=Asia/Yekaterinburg;pakistan=Asia/Karachi
      india=Asia/Calcutta;sri lanka=Asia/Colombo;nepal=Asia/Katmandu;central asia=Asia/Almaty;bangladesh=Asia/Dhaka
      n. central asia=Asia/Novosibirsk;myanmar=Asia/Rangoon;se asia=Asia/Bangkok;north asia=Asia/Krasnoyarsk
      china=Asia/Shanghai;north asia east=Asia/Irkutsk;singapore=Asia/Singapore;w. australia=Australia/Perth
      taipei=Asia/Taipei;tokyo=Asia/Tokyo;korea=Asia/Seoul;yakutsk=Asia/Yakutsk;cen. australia=Australia/Adelaide
      aus central=Australia/Darwin;e. australia=Australia/Brisbane;aus eastern=Australia/Sydney
      west pacific=Pacific/Port_Moresby;tasmania=Australia/Hobart;vladivostok=Asia/Vladivostok
      central pacific=Pacific/Guadalcanal;new zealand=Pacific/Auckland;fiji=Pacific/Fiji;tonga=Pacific/Tongatapu
      """;

  private static final Map<String, String> BY_NAME = byName();

  private CalendarZones() {}

  private static Map<String, String> byName() {
    Map<String, String> zones = new HashMap<>();
    for (String entry : WINDOWS.strip().split("[;\\n]", -1)) {
      int equals = entry.indexOf('=');
      zones.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return zones;
  }

  /** A zone of the tz database, also behind a vendor's prefix, or one of Windows; else null. */
  static @Nullable ZoneId of(String id) {
    String name = id.strip();
    String lower = name.toLowerCase(Locale.ROOT);
    String windows = BY_NAME.get(lower.replace(" standard time", "").replace(" daylight time", ""));
    windows = windows == null ? BY_NAME.get(lower) : windows;
    if (windows != null) {
      return zone(windows);
    }
    while (!name.isEmpty()) {
      ZoneId zone = zone(name);
      int slash = name.indexOf('/', name.startsWith("/") ? 1 : 0);
      if (zone != null) {
        return zone;
      }
      name = slash < 0 ? "" : name.substring(slash + 1);
    }
    return null;
  }

  private static @Nullable ZoneId zone(String id) {
    try {
      return id.startsWith("/") || id.length() < 3 ? null : ZoneId.of(id);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
