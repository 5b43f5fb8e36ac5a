/**
 * The program on accounts as different tools leave them: a plan is right, or refused with a remedy that works. Each shape has a lab of its own.
 * These tests prove nothing about AWS itself: its API is emulated.
 */
import assert from "node:assert/strict";
import { autoscalingGroupsOf, shapeNamed } from "../../lab/clouds/aws/account/shapes/index.ts";
import { withAws } from "../../lab/clouds/aws/account/clients.ts";
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { labClients } from "../../lab/clouds/aws/clients.ts";
import { healthyTargets } from "../live/healthyTargets.ts";
import { Project } from "../live/project.ts";
import { buildTimeout, liveTools, minutes } from "../live/tools.ts";

const own = (key: string): string => `nodeport-vs-loadbalancer:${key}`;

interface Case {
  readonly shape: string;
  /** What the program says without further configuration; undefined if its plan is right at once. */
  readonly refusal?: RegExp;
  /** What it asks for, by the keys of the configuration, from the account. */
  readonly remedy?: (project: Project) => Promise<Readonly<Record<string, unknown>>>;
  /** Whether both ways are deployed as well, and compared. */
  readonly deployed?: boolean;
}

const endpointOf = (project: Project): string =>
  `http://127.0.0.1:${String(project.settings.ports.cloudApi)}`;

/** The id of the group with this in its name. */
async function groupIn(project: Project, part: string): Promise<string> {
  const { SecurityGroups = [] } = await withAws(endpointOf(project), ({ ec2 }) =>
    ec2.send(new DescribeSecurityGroupsCommand({})),
  );
  const found = SecurityGroups.find(({ GroupName = "" }) => GroupName.includes(part));
  return found?.GroupId ?? assert.fail(`no group ${part}`);
}

async function publicSubnets(project: Project): Promise<string[]> {
  const { Subnets = [] } = await withAws(endpointOf(project), ({ ec2 }) =>
    ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: "tag:SubnetType", Values: ["Public"] }] })),
  );
  return Subnets.map(({ SubnetId = "" }) => SubnetId);
}

const cases: readonly Case[] = [
  { shape: "eks-module", deployed: true },
  {
    shape: "eks-module-both-groups",
    refusal:
      /has 2 security groups with the tag kubernetes\.io\/cluster\/dev: .*or set nodeSecurityGroupId to a group that all nodes have/s,
    remedy: async (project) => ({ [own("nodeSecurityGroupId")]: await groupIn(project, "dev-node") }),
  },
  {
    shape: "pulumi-eks",
    refusal: /no subnet has the tag "kubernetes\.io\/role\/elb".*or name them in subnetIds/s,
    remedy: async (project) => ({
      [own("subnetIds")]: await publicSubnets(project),
      [own("autoscalingGroupNames")]: autoscalingGroupsOf(shapeNamed("pulumi-eks")),
    }),
    deployed: true,
  },
  {
    shape: "eksctl",
    remedy: () => Promise.resolve({ [own("nodeGroupNames")]: ["general", "spot"] }),
  },
  {
    shape: "eksctl-self-managed",
    refusal:
      /The nodes have different security groups: .*set nodeSecurityGroupId to a group that all nodes have/s,
    remedy: async (project) => ({ [own("nodeSecurityGroupId")]: await groupIn(project, "Shared") }),
  },
  {
    shape: "auto-mode",
    refusal: /EKS Auto Mode launched these nodes of the cluster dev.*targetGroupBinding/s,
  },
  { shape: "kops" },
];

describe("an account as a tool leaves it", function () {
  this.timeout(minutes(4));
  let project: Project;

  before(async function () {
    this.timeout(buildTimeout);
    await liveTools();
  });
  beforeEach(async () => (project = await Project.make()));
  afterEach(() => project.remove());

  for (const { shape, refusal, remedy, deployed } of cases) {
    const what = refusal === undefined ? "has a plan" : "is refused with the remedy";
    it(`${what}: ${shapeNamed(shape).title}`, async () => {
      project.configure("lab:shape", shape);
      await project.succeed("lab", "up");
      const first = await project.run("pulumi", "preview");
      const said = first.stdout + first.stderr;
      if (refusal === undefined) assert.equal(first.status, 0, said);
      else {
        assert.notEqual(first.status, 0);
        assert.match(said, refusal);
      }
      if (remedy !== undefined) {
        for (const [key, value] of Object.entries(await remedy(project))) project.configure(key, value);
        await project.succeed("pulumi", "preview");
      }
      if (deployed !== true) return;
      await project.succeed("up");
      const { elbv2 } = labClients(project.settings);
      const ways = ["nodePort", "loadBalancer"].map((way) =>
        project.output<{ readonly hostname: string }>(way),
      );
      await healthyTargets(
        elbv2,
        (await Promise.all(ways)).map(({ hostname }) => hostname),
      );
      // Its 200 requests through each load balancer have to be answered.
      assert.match(await project.succeed("compare"), /^Equivalent: .*, 0 unexplained;$/m);
    });
  }
});
