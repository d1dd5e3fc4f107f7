package io.millrace.app;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.Point;

/// One row of an export.
record ExportedPoint(EntityId entity, String name, Point point) {}
