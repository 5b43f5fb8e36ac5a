/** A port of the host in the lab's settings. */
import * as v from "valibot";

const allowed = "a whole number from 1024 to 65535";

/** Ports below 1024 are left out: an ordinary user can't open them. */
export const hostPort = v.pipe(
  v.number(allowed),
  v.integer(allowed),
  v.minValue(1024, allowed),
  v.maxValue(65535, allowed),
);
