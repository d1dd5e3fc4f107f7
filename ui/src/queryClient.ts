import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api/http";
import { session } from "./api/session";

/// Asks again only where asking again can help: the server was away or stumbled.
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
    },
  },
});

session.onChange(() => session.isSignedIn() || queryClient.clear());
