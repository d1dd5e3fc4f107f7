package io.millrace.engine.alarms;

import io.millrace.base.model.EntityId;
import io.millrace.engine.alarms.AlarmRows.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Pages of committed alarms.
final class AlarmLists {
  private final AlarmRows rows;
  private final int listedMax;

  AlarmLists(AlarmRows rows, int listedMax) {
    this.rows = rows;
    this.listedMax = listedMax;
  }

  AlarmPage page(Index index, EntityId of, AlarmQuery query) {
    return selectsAll(query) && query.sort() == AlarmSort.CREATED_TIME
        ? pageOfAll(index, of, query)
        : pageOfSome(index, of, query);
  }

  /// Counts by the index alone and reads only the alarms of the page.
  private AlarmPage pageOfAll(Index index, EntityId of, AlarmQuery query) {
    long first = (long) query.page() * query.pageSize();
    var data = new ArrayList<Alarm>();
    var seen = new int[1];
    rows.scan(
        index,
        of,
        query.fromTs(),
        query.untilTs(),
        query.ascending(),
        (_, id) -> {
          int at = seen[0]++;
          if (at >= first && data.size() < query.pageSize()) {
            rows.find(id).ifPresent(data::add);
          }
          return seen[0] < listedMax;
        });
    return page(data, query, seen[0]);
  }

  private AlarmPage pageOfSome(Index index, EntityId of, AlarmQuery query) {
    var chosen = new ArrayList<Alarm>();
    var seen = new int[1];
    rows.scan(
        index,
        of,
        query.fromTs(),
        query.untilTs(),
        false,
        (_, id) -> {
          rows.find(id).filter(alarm -> selects(query, alarm)).ifPresent(chosen::add);
          return ++seen[0] < listedMax;
        });
    chosen.sort(query.sort().order(query.ascending()));
    long first = Math.min((long) query.page() * query.pageSize(), chosen.size());
    long end = Math.min(first + query.pageSize(), chosen.size());
    return page(chosen.subList((int) first, (int) end), query, chosen.size());
  }

  private static AlarmPage page(List<Alarm> data, AlarmQuery query, long total) {
    long pages = (total + query.pageSize() - 1) / query.pageSize();
    return new AlarmPage(List.copyOf(data), (int) pages, total, query.page() + 1L < pages);
  }

  private static boolean selectsAll(AlarmQuery query) {
    return query.statuses().isEmpty()
        && query.severities().isEmpty()
        && query.types().isEmpty()
        && query.textSearch().isEmpty();
  }

  private static boolean selects(AlarmQuery query, Alarm alarm) {
    return (query.statuses().isEmpty() || query.statuses().contains(alarm.status()))
        && (query.severities().isEmpty() || query.severities().contains(alarm.severity()))
        && (query.types().isEmpty() || query.types().contains(alarm.type()))
        && lower(alarm.type()).contains(lower(query.textSearch()));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
