import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { EntityId } from "../../api/types";

/// An entity by its name, as a link where it has a page.
export function EntityLink({ entity, name }: { entity: EntityId; name: string | null }) {
  const to = pageOf(entity);
  const shown = name ?? entity.id;
  return to ? (
    <Anchor component={Link} to={to} size="sm">
      {shown}
    </Anchor>
  ) : (
    shown
  );
}

export function pageOf({ entityType, id }: EntityId): string | null {
  switch (entityType) {
    case "DEVICE":
      return `/devices/${id}`;
    case "ASSET":
      return `/entities/assets/${id}`;
    case "RULE_CHAIN":
      return `/ruleChains/${id}`;
    case "DASHBOARD":
      return `/dashboards/${id}`;
    case "DEVICE_PROFILE":
      return `/profiles/${id}`;
    default:
      return null;
  }
}
