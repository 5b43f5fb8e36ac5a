/**
 * A cloud as the lab imitates it. The rest of the lab knows clouds by these interfaces only, and finds them in the list of index.ts.
 *
 * `LabCloud` is data that every command may load. What needs the cloud's SDK is behind `connect`, so that a cloud costs nothing until a lab of it runs.
 */
import type { GenericSchema } from "valibot";
import type { Identity } from "../cluster/certificates.ts";
import type { ControlPlaneFiles } from "../cluster/controlPlane.ts";
import type { Kubectl } from "../cluster/kubectl.ts";
import type { Behaviour } from "../fidelity/behaviour.ts";
import type { NodeLayout } from "../layout.ts";
import type { Requirement } from "../requirements/table.ts";
import type { ServerCertificate } from "../selfSigned.ts";
import type { Command } from "../supervisor/process.ts";

export interface LabCloud {
  /** The name in settings and command lines. */
  readonly name: string;
  /** The name in texts. */
  readonly title: string;
  /** Where the cloud's API listens inside the lab, in the router's network namespace. */
  readonly apiAddress: { readonly host: string; readonly port: number };
  /** The key of the stack's configuration that holds the API's port on the host, and how to read its value. */
  readonly apiPort: { readonly key: string; readonly schema: GenericSchema<unknown, number> };
  /** Quotas that the lab's account can be granted, by the names that the program's own have. */
  readonly quotas: Readonly<Record<string, Quota>>;
  /** The Python environment of the programs that imitate the cloud. */
  readonly python: PythonPackages;
  /** Whether the load balancers' clocks can run faster than documented. */
  readonly scalesTime: boolean;
  /** A proxy for what a packet filter cannot do, in labs whose settings ask for it; undefined if the lab has none of this cloud. */
  readonly loadBalancerProxy?: OptionalProxy;
  /** What those programs need of the machine, besides what every lab needs. */
  readonly requirements: readonly Requirement[];
  /** Programs of every lab of this cloud, and of no other. */
  readonly programs?: CloudPrograms;
  /** The lab's own resource plug-in: Pulumi's name for it, and the folder of its main.ts, relative to `lab/`; without a folder, one of `programs` is the plug-in. */
  readonly plugin: { readonly name: string; readonly folder?: string };
  /** The ways in which the account can be furnished, as different tools leave it; `usual` is one of them. */
  readonly shapes: readonly string[];
  /**
   * Names of the groups that the nodes' machines are in: a load balancer that is attached to them follows the nodes.
   * @param shape one of `shapes`; the usual one if it is undefined
   */
  machineGroups(shape?: string): readonly string[];
  /** What programs have to know of the account to find the nodes' network and to make load balancers there, in the cloud's own words. */
  readonly account: Readonly<Record<string, string>>;
  /** Names of the processes that can be held and killed. The API's may be several: it is down without all of them. */
  readonly processes: { readonly api: readonly [string, ...string[]]; readonly controller: string };
  /** A second controller for load balancers, which runs only in labs whose settings ask for it; undefined if the lab has none of this cloud. */
  readonly loadBalancerController?: OptionalController;
  /** The file that the lab's controller gets as `--cloud-config`. @default it decides nothing of what the controller makes */
  readonly controllerConfig?: () => string;
  /** The name of the zone that a node is in. */
  zoneOf(node: Pick<NodeLayout, "zone">): string;
  /** Environment variables that make the cloud's tools use the API at this address. */
  environment(apiUrl: string): Readonly<Record<string, string>>;
  /**
   * The names that the cloud's DNS serves now.
   * @param state the directory of {@link CloudRun.state}
   */
  names(state: string): CloudNames;
  /** Server certificates for load balancers that end TLS. */
  certificates(): Promise<CertificateApi>;
  /** What the lab imitates of the cloud, and how faithfully. */
  behaviours(): Promise<readonly Behaviour[]>;
  /** What a result of the lab is evidence about, and what not. */
  readonly evidence: string;
  /** Loads what needs the cloud's SDK. */
  connect(): Promise<ConnectedCloud>;
}

/** The part of the cloud's API that holds certificates. */
export interface CertificateApi {
  /** @returns the cloud's name for it */
  add(apiUrl: string, certificate: ServerCertificate): Promise<string>;
  remove(apiUrl: string, name: string): Promise<void>;
}

/** What is compiled for the labs of one cloud. */
export interface CloudPrograms {
  /** The name of their directory in the cache: lower-case letters only, its own for each cloud. */
  readonly piece: string;
  readonly programs: readonly CloudProgram[];
}

/** A program that is compiled in a Go module of its own. */
export interface CloudProgram {
  readonly name: string;
  /** The folder with the go.mod that pins it. */
  readonly source: string;
  /** Its main package. */
  readonly package: string;
  readonly linkerFlags: readonly string[];
}

/** A controller that is compiled and started only if it is wanted. */
export interface OptionalController {
  /** The name of its program and its process. */
  readonly name: string;
  /** The folder with the go.mod that pins it. */
  readonly source: string;
  /** Its Go module, which is also its main package. */
  readonly module: string;
  /** The Go variable that holds its version. */
  readonly versionVariable: string;
  /** The folder of its module from which `kubectl kustomize` makes its objects. */
  readonly manifests: string;
  /** Who it is to the API server, and what it serves. */
  readonly identities: readonly Identity[];
  /** Keys of a program's own configuration, without its name, with the values for which the program needs the controller. */
  readonly neededFor: Readonly<Record<string, unknown>>;
}

/** A program from a Python package that is installed and started only if it is wanted. */
export interface OptionalProxy {
  /** Its name in texts. */
  readonly name: string;
  /** The requirements file with the one package, with hashes. */
  readonly requirements: string;
  /** The program's place in the package. */
  readonly program: string;
  /** Upstream's image of the same version, and the program's place in it: the cluster of a lab with the proxy has it as well, for an app. */
  readonly image: { readonly name: string; readonly program: string };
}

/** A limit that the cloud raises on request. */
export interface Quota {
  readonly usual: number;
  readonly most: number;
}

/** Quotas above the cloud's defaults. */
export type LabQuotas = Readonly<Record<string, number>>;

export interface PythonPackages {
  /** The name of the environment in the cache: lower-case letters only, its own for each cloud. */
  readonly piece: string;
  /** The requirements file, with hashes. */
  readonly requirements: string;
  /** The same for what builds those that have no wheel: pip by itself would download any version of it. @default all have one */
  readonly builders?: string;
  /** A script of the environment that fills the directory it gets with what labs start from; it imports only what is beside it. @default nothing to prepare */
  readonly prepare?: string;
}

export interface CloudNames {
  /** The domain that a name lies in, as negative answers have to name it; undefined for the root. */
  domainOf(name: string): string | undefined;
  /** A name's addresses; undefined if there is no such name. */
  addressesOf(name: string): readonly string[] | undefined;
  /**
   * The name that a name stands for; undefined if it stands for none.
   * @param random chooses among several with their weights: at least 0 and less than 1
   */
  aliasOf(name: string, random: number): Alias | undefined;
}

/** A canonical name, as a CNAME record has it. */
export interface Alias {
  readonly target: string;
  readonly ttlSeconds: number;
}

/** The part of a lab's run that concerns the cloud. */
export interface CloudRun {
  /** The project's checkout, where own programs are. */
  readonly checkout: string;
  /** The lab's directory for what survives a restart; a cloud's files there have its own names. */
  readonly state: string;
  /** The interpreter of the cloud's Python environment. */
  readonly python: string;
  /** What {@link PythonPackages.prepare} has made. */
  readonly prepared: string;
  /** The address by which the host reaches the API. */
  readonly apiUrl: string;
  /** The directory of the built {@link LabCloud.programs}; undefined if the cloud has none. */
  readonly programs?: string;
  /** How many times faster than documented the cloud's clocks run. */
  readonly timeScale: number;
  readonly quotas?: LabQuotas;
  /** One of {@link LabCloud.shapes}. @default usualShape */
  readonly shape?: string;
  /** The directory of the built {@link LabCloud.loadBalancerController}; undefined if this run has none. */
  readonly loadBalancerController?: string;
  /** The program of {@link LabCloud.loadBalancerProxy}; undefined if this run has none. */
  readonly loadBalancerProxy?: string;
  /** Starts a process that the supervisor keeps running; its log has the same name. */
  readonly start: (name: string, command: Command) => void;
  /** @throws if a process that was started ends again and again, with the reason from its log */
  readonly throwIfFailing: (name: string) => void;
}

export interface ConnectedCloud {
  /** Starts the API and resolves when it answers. */
  startApi(run: CloudRun): Promise<void>;
  /** Provides the account with a network and a machine for each node. What is there already stays. */
  furnish(run: CloudRun): Promise<CloudAccount>;
  /** The load balancers that listen, as the client outside sees them; runs in the client's network namespace. */
  loadBalancers(): Promise<readonly EntryCandidate[]>;
}

/** A furnished account. */
export interface CloudAccount {
  /** The machine of one of the lab's own nodes. */
  machineOf(node: NodeLayout): Machine;
  /** Adds a machine for a spare node; nothing is left of it if that fails. */
  addMachine(node: NodeLayout): Promise<Machine>;
  /** Removes a spare node's machine; does nothing if it is gone. */
  removeMachine(machine: Machine): Promise<void>;
  /** Starts the load balancers' data plane. */
  startLoadBalancing(): void;
  /** What the cluster must have before the cloud's controllers start. */
  controllerObjects(cluster: Pick<ControlPlaneFiles, "certificates">): readonly object[];
  /** Starts the cloud's controllers on a cluster that is ready for them. Resolves when they serve what the API server asks of them. */
  startControllers(
    cluster: Pick<ControlPlaneFiles, "bin" | "certificates" | "kubeconfigs">,
    kubectl: Pick<Kubectl, "deleteLabelled">,
  ): Promise<void>;
}

/** A node's machine in the cloud, and what a node learns from it. */
export interface Machine {
  readonly id: string;
  /** How controllers find the machine behind a Node; undefined if they find it by its address. */
  readonly providerId: string | undefined;
  /** Labels that the cloud's node controller would set. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A load balancer that could stand behind one of the host's ports. */
export interface EntryCandidate {
  /** Name or address. */
  readonly host: string;
  readonly createdTime: Date;
  /** Whether a controller made it for a Service. */
  readonly madeByController: boolean;
  /** Whether its owner wants it to stand behind none of the ports. */
  readonly isHidden: boolean;
  /** TCP ports of its listeners. */
  readonly ports: readonly number[];
}
