package io.millrace.store.realtime;

import java.util.concurrent.atomic.AtomicReferenceArray;

/// Makes equal child keys one string, mostly: `temperature` is held once and not a million times.
///
/// A fixed number of places; a newer key takes an older one's. Any thread.
final class KeyPool {
  private static final int PLACES = 1 << 12;
  private static final int LENGTH_MAX = 64;
  private final AtomicReferenceArray<String> places = new AtomicReferenceArray<>(PLACES);

  String pooled(String key) {
    if (key.length() > LENGTH_MAX) {
      return key;
    }
    int hash = key.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    var known = places.getPlain(place);
    if (known != null && known.equals(key)) {
      return known;
    }
    places.setRelease(place, key);
    return key;
  }
}
