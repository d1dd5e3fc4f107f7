package io.millrace.engine.rules.nodes;

/// A place on the earth, in degrees.
public record GeoPoint(double latitude, double longitude) {
  private static final double EARTH_RADIUS_KM = 6371.0087714; // mean radius, as ThingsBoard has it

  /// Great-circle distance (haversine).
  double distanceKm(GeoPoint other) {
    double from = Math.toRadians(latitude);
    double to = Math.toRadians(other.latitude);
    double high = Math.sin((to - from) / 2);
    double wide = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double half = high * high + Math.cos(from) * Math.cos(to) * wide * wide;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
  }

  /// Where one sets out on the great circle to there: degrees from north, clockwise, 0 to 360.
  double headingTo(GeoPoint other) {
    double from = Math.toRadians(latitude);
    double to = Math.toRadians(other.latitude);
    double wide = Math.toRadians(other.longitude - longitude);
    double east = Math.sin(wide) * Math.cos(to);
    double north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(wide);
    return (Math.toDegrees(Math.atan2(east, north)) + 360) % 360;
  }
}
