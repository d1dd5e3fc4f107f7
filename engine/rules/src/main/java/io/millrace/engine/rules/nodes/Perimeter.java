package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/// A fenced part of the earth.
public sealed interface Perimeter {
  boolean contains(GeoPoint point);

  /// Reads ThingsBoard's perimeter: `{latitude, longitude, radius}` (metres unless `radiusUnit`
  /// says otherwise), or a list of corners, or of such lists.
  ///
  /// @throws IllegalArgumentException when it is neither
  static Perimeter read(JsonValue json) {
    return json instanceof JsonObject
        ? PerimeterSettings.circle(json.asText())
        : PerimeterSettings.polygons(json.asText());
  }

  /// A circle around a centre.
  record Circle(GeoPoint centre, double radiusKm) implements Perimeter {
    @Override
    public boolean contains(GeoPoint point) {
      return centre.distanceKm(point) < radiusKm;
    }
  }

  /// Rings of corners. A ring that lies within another is a hole in it; others add up.
  record Polygons(List<Ring> areas, List<Ring> holes) implements Perimeter {
    static Polygons of(List<Ring> rings) {
      var areas = new ArrayList<Ring>();
      var holes = new ArrayList<Ring>();
      for (var ring : rings) {
        boolean isHole = rings.stream().anyMatch(other -> other.surrounds(ring));
        (isHole ? holes : areas).add(ring);
      }
      return new Polygons(areas, holes);
    }

    @Override
    public boolean contains(GeoPoint point) {
      return areas.stream().anyMatch(area -> area.contains(point))
          && holes.stream().noneMatch(hole -> hole.contains(point));
    }
  }

  /// A closed line through corners.
  record Ring(List<GeoPoint> corners) {
    boolean surrounds(Ring other) {
      return !equals(other) && other.corners.stream().allMatch(this::contains);
    }

    /// Counts the edges that a ray to the east crosses.
    boolean contains(GeoPoint point) {
      boolean isInside = false;
      var from = corners.getLast();
      for (var to : corners) {
        if (from.latitude() > point.latitude() != to.latitude() > point.latitude()) {
          double share = (point.latitude() - from.latitude()) / (to.latitude() - from.latitude());
          double crossing = from.longitude() + share * (to.longitude() - from.longitude());
          isInside ^= point.longitude() < crossing;
        }
        from = to;
      }
      return isInside;
    }
  }
}
