package io.millrace.app;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A closed way along the streets of a made-up town around Prague's centre: from corner to corner
/// of a grid that is turned a little, as towns are.
final class FleetPath {
  private static final double LATITUDE = 50.087;
  private static final double LONGITUDE = 14.421;
  private static final double KM_PER_DEGREE = 111.195;
  private static final double BLOCK_KM = 0.35;
  private static final double TURN = Math.toRadians(17);
  private static final int GRID = 14; // blocks from the centre to the edge

  /// Kilometres east and north of the centre.
  private record Corner(double east, double north) {
    double distance(Corner other) {
      return Math.hypot(east - other.east, north - other.north);
    }
  }

  /// Degrees.
  record Place(double latitude, double longitude) {}

  private final List<Corner> corners = new ArrayList<>();
  private final double lengthKm;

  /// A way around a block of streets, with a detour on two of its sides.
  FleetPath(RandomGenerator random) {
    int west = random.nextInt(-GRID, GRID - 6);
    int south = random.nextInt(-GRID, GRID - 6);
    int east = west + random.nextInt(4, Math.min(14, GRID - west + 1));
    int north = south + random.nextInt(4, Math.min(14, GRID - south + 1));
    int bend = random.nextInt(west + 1, east);
    int dip = random.nextInt(1, 3);
    corner(west, south);
    corner(bend, south);
    corner(bend, south + dip);
    corner(east, south + dip);
    corner(east, north - dip);
    corner(bend, north - dip);
    corner(bend, north);
    corner(west, north);
    lengthKm = walk(Double.MAX_VALUE).left;
  }

  private void corner(int x, int y) {
    double wobble = 0.06 * Math.sin(3.1 * x + 1.7 * y); // no street is quite straight
    double along = (x + wobble) * BLOCK_KM;
    double across = (y - wobble) * BLOCK_KM;
    corners.add(
        new Corner(
            along * Math.cos(TURN) - across * Math.sin(TURN),
            along * Math.sin(TURN) + across * Math.cos(TURN)));
  }

  double lengthKm() {
    return lengthKm;
  }

  /// The place so far along the way, round and round.
  Place at(double km) {
    var reached = walk(km % lengthKm);
    double latitude = LATITUDE + reached.place.north / KM_PER_DEGREE;
    double longitude =
        LONGITUDE + reached.place.east / (KM_PER_DEGREE * Math.cos(Math.toRadians(LATITUDE)));
    return new Place(rounded(latitude), rounded(longitude));
  }

  /// Kilometres to the nearest corner, where one drives slowly.
  double toCorner(double km) {
    var place = walk(km % lengthKm).place;
    return corners.stream().mapToDouble(place::distance).min().orElse(0);
  }

  /// @param left kilometres walked when the way ended before
  private record Reached(Corner place, double left) {}

  private Reached walk(double km) {
    double walked = 0;
    var from = corners.getLast();
    for (var to : corners) {
      double leg = from.distance(to);
      if (walked + leg > km) {
        double share = (km - walked) / leg;
        return new Reached(
            new Corner(
                from.east + share * (to.east - from.east),
                from.north + share * (to.north - from.north)),
            walked);
      }
      walked += leg;
      from = to;
    }
    return new Reached(from, walked);
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e6) / 1e6;
  }
}
