import assert from "node:assert/strict";
import { requireInstances } from "../../../lab/inotify.ts";

describe("the machine's inotify instances", () => {
  it("must suffice for a lab: the error says how many it needs, how many are left, and the remedy", () => {
    assert.throws(() => requireInstances(7, "128"), {
      message:
        "too few inotify instances: the lab needs 32, and 7 are left of the 128 that a user may have " +
        "(fs.inotify.max_user_instances). Stop what uses many, such as another lab, or allow more: sudo sysctl -w fs.inotify.max_user_instances=1024",
    });
    requireInstances(32, "128");
  });
});
