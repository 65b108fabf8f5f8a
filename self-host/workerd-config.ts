// workerd's configuration as Cap'n Proto text, made from wrangler.toml. Holds no value of a variable and no secret:
// those come from workerd's own environment at its start, so one file serves every start of a build.

/** What wrangler.toml says, as far as it matters to one process that serves by itself. */
export type WorkerConfig = {
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly bindings: readonly { readonly name: string; readonly className: string }[];
  readonly namespaces: readonly Namespace[];
  readonly vars: Readonly<Record<string, string>>;
  /** The binding by which the Worker asks for the built pages' files, and the module that answers; null without pages. */
  readonly staticFiles: { readonly binding: string; readonly module: string } | null;
};

/** A class of objects and the name its data is kept under, which never changes when the class is renamed. */
export type Namespace = { readonly className: string; readonly uniqueKey: string };

export type Migration = {
  readonly new_sqlite_classes?: readonly string[] | undefined;
  readonly renamed_classes?: readonly { readonly from: string; readonly to: string }[] | undefined;
  readonly deleted_classes?: readonly string[] | undefined;
};

/** The two bindings that no file may name. */
export const SECRET_BINDINGS = ["OPERATOR_KEY", "ROOT_KEY"] as const;

/** The constants of the configuration file; `workerd serve` takes one by name. */
export const PUBLIC_ONLY = "publicOnly";
export const WITH_LOOPBACK = "withLoopback";
export const HTTP_SOCKET = "http";
export const OBJECTS_DISK = "objects";
export const WEB_DISK = "web";

/** Follows the migrations to what exists now; a renamed class keeps the key it began with. */
export function namespacesAfter(migrations: readonly Migration[]): Namespace[] {
  const keys = new Map<string, string>();
  for (const migration of migrations) {
    for (const name of migration.new_sqlite_classes ?? []) keys.set(name, name);
    for (const { from, to } of migration.renamed_classes ?? []) {
      keys.set(to, keys.get(from) ?? from);
      keys.delete(from);
    }
    for (const name of migration.deleted_classes ?? []) keys.delete(name);
  }
  return [...keys].map(([className, uniqueKey]) => ({ className, uniqueKey }));
}

/** A Cap'n Proto text literal. Names, dates and flags only, so anything beyond plain ASCII is a mistake. */
function text(value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value))
    throw new TypeError(`${JSON.stringify(value)} has no place in workerd's configuration`);
  return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

const list = (items: readonly string[]): string => `[\n    ${items.join(",\n    ")}\n  ]`;

const STATIC_FILES = "static-files";

/** Only the network differs: loopback webhooks are a development setting, and workerd's wall is the last one. */
const server = (name: string, services: readonly string[], networks: readonly string[]): string => `
const ${name} :Workerd.Config = (
  services = ${list([
    ...services,
    `(name = "internet", network = (allow = [${networks.map(text).join(", ")}], tlsOptions = (trustBrowserCas = true)))`,
  ])},
  sockets = [(name = "${HTTP_SOCKET}", http = (), service = "worker")]
);
`;

const embedded = (module: string): string => `modules = [(name = ${text(module)}, esModule = embed ${text(module)})]`;

/** The whole file. `module` is the bundle's path relative to it. */
export function renderWorkerdConfig(config: WorkerConfig, module: string): string {
  const { staticFiles } = config;
  const services = [
    `(name = "worker", worker = .worker)`,
    `(name = "${OBJECTS_DISK}", disk = (writable = true))`,
    ...(staticFiles
      ? [`(name = "${WEB_DISK}", disk = (writable = false))`, `(name = "${STATIC_FILES}", worker = .staticFiles)`]
      : []),
  ];
  const fromEnvironment = [...Object.keys(config.vars), ...SECRET_BINDINGS];
  const bindings = [
    ...config.bindings.map(
      ({ name, className }) => `(name = ${text(name)}, durableObjectNamespace = ${text(className)})`,
    ),
    ...fromEnvironment.map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
    ...(staticFiles ? [`(name = ${text(staticFiles.binding)}, service = "${STATIC_FILES}")`] : []),
  ];
  const namespaces = config.namespaces.map(
    ({ className, uniqueKey }) => `(className = ${text(className)}, uniqueKey = ${text(uniqueKey)}, enableSql = true)`,
  );
  const compatibility = `compatibilityDate = ${text(config.compatibilityDate)},
  compatibilityFlags = [${config.compatibilityFlags.map(text).join(", ")}]`;
  return `# Made by self-host/build.ts from wrangler.toml.
using Workerd = import "/workerd/workerd.capnp";
${server(PUBLIC_ONLY, services, ["public"])}${server(WITH_LOOPBACK, services, ["public", "local"])}
const worker :Workerd.Worker = (
  ${embedded(module)},
  ${compatibility},
  bindings = ${list(bindings)},
  durableObjectNamespaces = ${list(namespaces)},
  durableObjectStorage = (localDisk = "${OBJECTS_DISK}")
);
${
  staticFiles
    ? `
const staticFiles :Workerd.Worker = (
  ${embedded(staticFiles.module)},
  ${compatibility},
  bindings = [(name = "DISK", service = "${WEB_DISK}")]
);
`
    : ""
}`;
}
