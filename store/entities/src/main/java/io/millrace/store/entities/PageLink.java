package io.millrace.store.entities;

/// Which page of a list.
///
/// @param pageSize 1 to [#PAGE_SIZE_MAX]
/// @param page counted from 0
/// @param textSearch what the entity's name contains, whatever the case; empty for all
/// @param sortProperty a sortable field's name in ThingsBoard's JSON, as in `createdTime`
/// @param ascending ThingsBoard's `sortOrder`
public record PageLink(
    int pageSize, int page, String textSearch, String sortProperty, boolean ascending) {
  public static final int PAGE_SIZE_MAX = 10_000;

  public PageLink {
    if (pageSize < 1 || pageSize > PAGE_SIZE_MAX || page < 0) {
      throw new IllegalArgumentException(
          "pageSize=%d, page=%d; pages hold 1 to %d rows and count from 0"
              .formatted(pageSize, page, PAGE_SIZE_MAX));
    }
  }

  /// The first page, oldest first.
  public static PageLink first(int pageSize) {
    return new PageLink(pageSize, 0, "", "createdTime", true);
  }
}
