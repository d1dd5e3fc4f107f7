package io.millrace.wire.realtime;

import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.TreePath;
import java.lang.ref.WeakReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What listeners without a query at one path are told of a change, made once for all of them.
///
/// [#of] is called under the database's lock, where the listeners of one path come one after the
/// other; the message itself is made by whichever loop first needs it.
final class SharedFrames {
  private @Nullable Push latest;

  Push of(Change change, TreePath path) {
    var known = latest;
    if (known != null && known.isOf(change, path)) {
      return known;
    }
    var made = new Push(change, path);
    latest = made;
    return made;
  }

  /// The push of one change at one path. Any thread.
  static final class Push {
    private final WeakReference<Change> of; // an old tree must not live longer than it has to
    private final TreePath path;
    private @Nullable Change change;
    private Optional<SdkMessage> message = Optional.empty();

    private Push(Change change, TreePath path) {
      this.of = new WeakReference<>(change);
      this.change = change;
      this.path = path;
    }

    private boolean isOf(Change other, TreePath place) {
      return of.refersTo(other) && path.equals(place);
    }

    /// Empty when the listener sees no difference.
    synchronized Optional<SdkMessage> message() {
      var told = change;
      if (told != null) {
        message =
            Update.of(told, path)
                .map(update -> SdkMessage.of(SdkMessages.push(path, update, Optional.empty())));
        change = null;
      }
      return message;
    }
  }
}
