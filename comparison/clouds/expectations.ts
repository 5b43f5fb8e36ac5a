/** What a cloud and its default controller document, as far as scenarios expect it. What Kubernetes documents is in the scenarios themselves. */
import type { AlterationExpectations, LeftoverExpectations } from "../scenarios/alteration/expectations.ts";
import type { AnswersExpectations } from "../scenarios/answers/expectations.ts";
import type { ClientAddressExpectations } from "../scenarios/clientAddress/expectations.ts";
import type { DocumentedBySide } from "../scenarios/documented.ts";
import type { DrainingExpectations } from "../scenarios/draining/expectations.ts";
import type { DriftExpectations } from "../scenarios/drift/expectations.ts";
import type { FailOpenExpectations } from "../scenarios/failOpen/expectations.ts";
import type { HairpinExpectations } from "../scenarios/hairpin/expectations.ts";
import type { HairpinOfTargetsExpectations } from "../scenarios/hairpinOfTargets/expectations.ts";
import type {
  NodeAddedExpectations,
  NodeRegisteredExpectations,
} from "../scenarios/nodeAdded/expectations.ts";
import type { NodeDrainedExpectations } from "../scenarios/nodeDrained/expectations.ts";
import type { NodeLostExpectations } from "../scenarios/nodeLost/expectations.ts";
import type { NoPodsExpectations } from "../scenarios/noPods/expectations.ts";
import type { NoTargetExpectations } from "../scenarios/noTarget/expectations.ts";
import type { OutagesExpectations } from "../scenarios/outages/expectations.ts";
import type { PodMembersExpectations } from "../scenarios/podMembers/expectations.ts";
import type { ProxyProtocolExpectations } from "../scenarios/proxyProtocol/expectations.ts";
import type { SpreadExpectations } from "../scenarios/spread/expectations.ts";
import type { TlsExpectations } from "../scenarios/tls/expectations.ts";
import type { UdpExpectations } from "../scenarios/udp/expectations.ts";
import type { Scheme } from "./operations.ts";

/** By scenario. */
export interface Expectations {
  readonly alteration: LeftoverExpectations;
  readonly answers: AnswersExpectations;
  readonly changeNodePort: AlterationExpectations;
  readonly changePolicy: AlterationExpectations;
  readonly changePorts: AlterationExpectations;
  readonly changeScheme: AlterationExpectations & { readonly scheme: DocumentedBySide<Scheme> };
  readonly changeServiceType: AlterationExpectations;
  readonly clientAddress: ClientAddressExpectations;
  readonly draining: DrainingExpectations;
  readonly drift: DriftExpectations;
  readonly failOpen: FailOpenExpectations;
  readonly hairpin: HairpinExpectations;
  readonly hairpinOfTargets: HairpinOfTargetsExpectations;
  readonly nodeAdded: NodeAddedExpectations;
  readonly nodeDrained: NodeDrainedExpectations;
  readonly nodeLost: NodeLostExpectations;
  readonly nodeRegistered: NodeRegisteredExpectations;
  readonly noPods: NoPodsExpectations;
  readonly noTarget: NoTargetExpectations;
  readonly outages: OutagesExpectations;
  readonly podMembers: PodMembersExpectations;
  readonly proxyProtocol: ProxyProtocolExpectations;
  readonly spread: SpreadExpectations;
  readonly tls: TlsExpectations;
  readonly udp: UdpExpectations;
}
