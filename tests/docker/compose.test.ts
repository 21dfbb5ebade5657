import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DCLinter } from "dclint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { environmentSchema } from "../../src/environment.ts";
import { assignments, parseDockerfile } from "../support/dockerfile.ts";

interface Service {
  readonly image?: string;
  readonly build?: { readonly args?: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly extends?: { readonly file: string; readonly service: string };
  readonly [key: string]: unknown;
}

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string) => readFileSync(inProject(path), "utf8");
const files = readdirSync(inProject("docker")).filter((file) => file.endsWith(".yaml"));
const services = (file: string) =>
  (parse(read(`docker/${file}`), { merge: true }) as { services: Record<string, Service> }).services;
const serviceOf = (file: string, name: string) => services(file)[name]!;
/** Files that another one must come before. */
const additions = ["compose.cuda.yaml", "compose.private.yaml"];

/** What Rora reads. */
const variables = Object.keys(environmentSchema.shape);
/** Names of `${NAME…}`. */
const interpolated = (text: string) => [...text.matchAll(/\$\{(\w+)/g)].map((match) => match[1]!);
const exampleNames = [...read("docker/.env.example").matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(
  (match) => match[1]!,
);

/** What the linter finds, typed here because its own types do not resolve in an ES module. */
interface Linter {
  lintFiles(
    paths: string[],
    fix: boolean,
  ): { readonly messages: readonly { line: number; rule: string; message: string }[] }[];
}

/** Rules about taste, and one that cannot see through variables. The schema of the Compose specification is always held to. */
const OFF = [
  "services-alphabetical-order",
  "service-keys-order",
  "top-level-properties-order",
  "require-quotes-in-ports",
  "no-build-and-image",
  "no-unbound-port-interfaces",
];
const linter: Linter = new DCLinter({
  rules: Object.fromEntries(OFF.map((rule) => [rule, 0])),
  quiet: false,
  debug: false,
  exclude: [],
});
const findingsIn = (path: string) =>
  linter
    .lintFiles([path], false)
    .flatMap(({ messages }) => messages)
    .map(({ line, rule, message }) => `${line} ${rule}: ${message}`);

it("there are compose files", () => {
  expect(files).toEqual([
    "common.yaml",
    "compose.cuda.yaml",
    "compose.private.yaml",
    "compose.servers.yaml",
    "compose.yaml",
  ]);
});

it("the check of the Compose specification fails where a file breaks it", () => {
  expect(findingsIn(inProject("tests/docker/broken.yaml")).join()).toMatch(/invalid-schema/);
});

describe.each(files)("docker/%s", (file) => {
  const text = read(`docker/${file}`);
  const own = Object.entries(services(file));

  it("follows the Compose specification", () => {
    // An addition is no whole project: its name, and images of its own, stand in the file it is added to.
    const whole = findingsIn(inProject(`docker/${file}`));
    const partial = /require-project-name-field/;
    const isPart = file === "common.yaml" || additions.includes(file);
    expect(isPart ? whole.filter((finding) => !partial.test(finding)) : whole).toEqual([]);
  });

  it("gives Rora only variables that it reads", () => {
    const ours = own.filter(([name]) => ["program", "rora", "web", "core"].includes(name));
    const given = ours.flatMap(([, { environment = {} }]) => Object.keys(environment));
    expect(given.filter((name) => !variables.includes(name))).toEqual([]);
  });

  it("explains every variable it takes from outside", () => {
    const ofRora = ["VLM_API_KEY", "VLM_IMAGES", "HF_TOKEN"];
    expect(interpolated(text).filter((name) => ![...exampleNames, ...ofRora].includes(name))).toEqual([]);
  });

  it("has no secret in it", () => {
    const values = own.flatMap(([, { environment = {} }]) => Object.entries(environment));
    const secrets = values.filter(([name]) => /PASSWORD|TOKEN|KEY|DATABASE_URL/.test(name));
    expect(secrets.filter(([, value]) => !/\$\{\w+:[?-]/.test(value))).toEqual([]);
  });

  it("extends and adds to services that are there", () => {
    for (const [name, service] of own) {
      if (service.extends) expect(serviceOf(service.extends.file, service.extends.service)).toBeDefined();
      const base = file === "compose.cuda.yaml" ? "compose.yaml" : "compose.servers.yaml";
      if (additions.includes(file)) expect(Object.keys(services(base))).toContain(name);
    }
  });

  it("limits every service", () => {
    const limits = ["cap_drop", "security_opt", "mem_limit", "pids_limit", "logging", "restart"];
    const unlimited = own.flatMap(([name, service]) => {
      const from = service.extends ? serviceOf(service.extends.file, service.extends.service) : {};
      return limits.filter((key) => !(key in { ...from, ...service })).map((key) => `${name}: ${key}`);
    });
    expect(additions.includes(file) ? [] : unlimited).toEqual([]);
  });

  it("pins every image that is not built here", () => {
    const images = own.flatMap(([, { image }]) => (image === undefined ? [] : [image]));
    expect(images.filter((image) => !/^rora:|:v?\d+\.\d+/.test(image))).toEqual([]);
  });
});

describe("the stores", () => {
  it("are published by nobody but compose.private.yaml, and keep snapshots of others out", () => {
    const { postgres, qdrant } = services("compose.servers.yaml");
    expect([postgres!.ports, qdrant!.ports]).toEqual([undefined, undefined]);
    expect(qdrant!.environment).toMatchObject({
      QDRANT__SERVICE__API_KEY: expect.stringContaining(":?"),
      QDRANT__SERVICE__ENABLE_SNAPSHOT_URL_RECOVERY: "false",
    });
  });
});

describe("docker/.env.example", () => {
  it("names only what Rora or a compose file reads", () => {
    const taken = files.flatMap((file) => interpolated(read(`docker/${file}`)));
    const known = [...variables, ...taken, "COMPOSE_PROFILES"];
    expect(exampleNames.length).toBeGreaterThan(3);
    expect(exampleNames.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("docker/Dockerfile", () => {
  const text = read("docker/Dockerfile");
  const instructions = parseDockerfile(text).flatMap((stage) => stage.instructions);

  it("sets only variables that Rora reads", () => {
    const set = instructions
      .filter(({ name }) => name === "ENV")
      .flatMap((instruction) => Object.keys(assignments(instruction.text)));
    expect(set.filter((name) => !["NODE_ENV", "HOME", ...variables].includes(name))).toEqual([]);
  });

  it("takes the arguments that compose.cuda.yaml gives, and says the same in its head", () => {
    const args = Object.entries(serviceOf("compose.cuda.yaml", "rora").build!.args!);
    expect(args).toHaveLength(2);
    for (const [name, value] of args) {
      expect(text).toMatch(new RegExp(`^ARG ${name}=`, "m"));
      expect(text).toContain(`--build-arg ${name}=${value}`);
    }
  });

  it("copies nothing that .dockerignore keeps out", () => {
    const allowed = [...read(".dockerignore").matchAll(/^!(.*)$/gm)].map((match) => match[1]!);
    const copied = instructions
      .filter(({ name, text: words }) => name === "COPY" && !words.startsWith("--from"))
      .flatMap(({ text: words }) => words.split(" ").slice(0, -1));
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((path) => !allowed.includes(path))).toEqual([]);
    expect(allowed.filter((path) => !copied.includes(path))).toEqual([]);
  });
});
