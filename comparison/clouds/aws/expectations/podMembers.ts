/** Pods as targets of a roll-out, which the AWS Load Balancer Controller registers whoever made the load balancer. */
import type { PodMembersExpectations } from "../../../scenarios/podMembers/expectations.ts";
import { clocks } from "../clocks.ts";
import { upstream } from "../loadBalancerController/upstream.ts";
import { guide, healthChecks } from "./sources.ts";

const gates =
  "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/";
const { least, most } = clocks.registrationSeconds;

export const podMembers: PodMembersExpectations = {
  loses: {
    sentence:
      "Kubernetes ends a former pod as soon as the new one is Ready, which does not wait for the load balancer: requests are lost.",
    source: gates,
  },
  withoutMember: (here) => ({
    sentence: `A zone is without a healthy target until the new pod is one: its registration takes ${least} to ${most} s, and a check. Here ${here.least} to ${here.most} s.`,
    source: `${guide}/target-group-register-targets.html`,
  }),
  nameWithoutMember: (mostSeconds) => ({
    sentence: `DNS leaves out a zone without a healthy target, so requests to the name fail only while no zone has one: here at most ${mostSeconds} s. On AWS a client may cache the name for 60 s.`,
    source: healthChecks,
  }),
  lookSeconds: 15,
  gated: {
    sentence:
      "A pod with the gate is Ready only once its target is healthy, and the former pod serves until then, and goes on while it is deregistered.",
    source: gates,
  },
  gatedPod: (here) => ({
    sentence: `Each pod waits for its target: registration takes ${least} to ${most} s, and the controller looks at the target's health every 15 s. Here ${here.least} to ${here.most} s, with the pod's own start.`,
    source: upstream("pkg/config/controller_config.go", "defaultTargetGroupBindingRequeuDuration"),
  }),
};
