import assert from "node:assert/strict";
import { podTroubles } from "../../../../../lab/providers/kubernetes/readiness.ts";

/** A pod with one container that waits for this reason. */
const waitingPod = (reason: string, message = "") => ({
  metadata: { name: "echo-1" },
  status: {
    containerStatuses: [{ name: "echo", image: "echo:1", state: { waiting: { reason, message } } }],
  },
});

const kindOf = (reason: string) => podTroubles(waitingPod(reason)).map(({ kind }) => kind);

describe("what keeps a pod from running", () => {
  it("is stuck through all attempts to pull a missing image, and the pauses between them", () => {
    assert.deepEqual(["ErrImagePull", "ImagePullBackOff"].map(kindOf), [["stuck"], ["stuck"]]);
  });

  it("is hopeless if only a change of the pod helps", () => {
    assert.deepEqual(["InvalidImageName", "ErrImageNeverPull"].map(kindOf), [["hopeless"], ["hopeless"]]);
  });

  it("is nothing while containers are being created", () => {
    assert.deepEqual(["ContainerCreating", "PodInitializing"].map(kindOf), [[], []]);
  });

  it("names the container, the reason and the kubelet's message, or the image if there is none", () => {
    const messages = [waitingPod("ErrImagePull", "not found"), waitingPod("ErrImagePull")]
      .flatMap(podTroubles)
      .map(({ message }) => message);
    assert.deepEqual(messages, [
      "container echo: ErrImagePull: not found",
      "container echo: ErrImagePull: image echo:1",
    ]);
  });
});
