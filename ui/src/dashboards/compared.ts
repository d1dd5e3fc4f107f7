/// Whether the widgets of a dashboard draw the time before as well.
import { createContext } from "react";

export const Compared = createContext(false);
