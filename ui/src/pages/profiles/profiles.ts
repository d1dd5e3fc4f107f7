import { useMutation, useQueryClient } from "@tanstack/react-query";
import { get, post } from "../../api/http";
import type { DeviceProfile, Page } from "../../api/types";

export const profilesQuery = {
  queryKey: ["profiles"],
  queryFn: () =>
    get<Page<DeviceProfile>>("/api/deviceProfiles", {
      pageSize: 1_000,
      page: 0,
      sortProperty: "name",
      sortOrder: "ASC",
    }),
};

export const profileQuery = (id: string) => ({
  queryKey: ["profiles", id],
  queryFn: () => get<DeviceProfile>(`/api/deviceProfile/${id}`),
});

export function useSaveProfile(onDone: (profile: DeviceProfile) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (profile: Partial<DeviceProfile>) => post<DeviceProfile>("/api/deviceProfile", profile),
    onSuccess: async (profile) => {
      queries.setQueryData(profileQuery(profile.id.id).queryKey, profile);
      await queries.invalidateQueries({ queryKey: ["profiles"] });
      await queries.invalidateQueries({ queryKey: ["energy"] });
      onDone(profile);
    },
  });
}
