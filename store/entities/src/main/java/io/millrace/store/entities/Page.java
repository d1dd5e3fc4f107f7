package io.millrace.store.entities;

import java.util.List;
import java.util.function.Function;

/// One page of a list.
public record Page<T>(List<T> data, int totalPages, long totalElements, boolean hasNext) {
  public Page {
    data = List.copyOf(data);
  }

  static <T> Page<T> of(List<T> data, PageLink link, long totalElements) {
    long pages = (totalElements + link.pageSize() - 1) / link.pageSize();
    return new Page<>(data, (int) pages, totalElements, link.page() + 1 < pages);
  }

  public <R> Page<R> map(Function<? super T, ? extends R> to) {
    return new Page<>(data.stream().<R>map(to).toList(), totalPages, totalElements, hasNext);
  }
}
