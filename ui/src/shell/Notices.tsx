/// The corner where notices appear; loaded after the page itself.
import "@mantine/notifications/styles.css";
import { Notifications } from "@mantine/notifications";

export default function Notices() {
  return <Notifications position="bottom-right" />;
}
