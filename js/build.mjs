// Builds from js/src/hosts, one of each a panel: `widget` (a module for anywidget) and `page` (a script for exported
// pages), which carry that panel alone; and `lab`, a JupyterLab extension with all of them, which a server sends once.
// Prints their sizes and fails when one is too large.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HOSTS = "js/src/hosts";
const PANELS = "js/src/panels";
const STATIC = "src/afterlaunch/static";
const EXTENSION = "src/afterlaunch/labextension";
const MAX_GZIPPED = 60_000; // of what every cell output carries
const MAX_LAB_GZIPPED = 150_000; // of what is loaded from the server, once
// JupyterLab lends these at run time, so that all extensions hold the same tokens and classes.
const LENT = ["@jupyterlab/console", "@jupyterlab/notebook", "@jupyterlab/rendermime", "@lumino/widgets"];

const settings = {
  bundle: true,
  minify: !process.argv.includes("--dev"),
  write: false,
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
};

const text = async (options) => (await build({ ...settings, ...options })).outputFiles[0].text;
const stylesheet = (path) => text({ entryPoints: [path] });
const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** `import css from "….css"` gives the minified text. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await stylesheet(path), loader: "text" }));
  },
};

/** What JupyterLab lends is read from where the container has put it. */
const lent = {
  name: "lent",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(${LENT.join("|")})$`) }, ({ path }) => ({ path, namespace: "lent" }));
    onLoad({ filter: /.*/, namespace: "lent" }, ({ path }) => ({
      contents: `module.exports = globalThis.__afterlaunchLent[${JSON.stringify(path)}]`,
    }));
  },
};

/** A federated container as JupyterLab expects it: it takes what is lent, then loads the extension beside itself. */
const container = (name, chunk) => `(() => {
  const base = document.currentScript.src;
  let scope = {};
  const borrow = async (name) => {
    const versions = Object.values(scope[name] ?? {});
    return versions.length > 0 ? (await versions[0].get())() : {};
  };
  (window._JUPYTERLAB ??= {})[${JSON.stringify(name)}] = {
    init(shared) { scope = shared; },
    async get(module) {
      if (module !== "./extension") throw new Error("afterlaunch has no module " + module);
      const lent = (globalThis.__afterlaunchLent ??= {});
      for (const name of ${JSON.stringify(LENT)}) lent[name] = await borrow(name);
      const loaded = await import(new URL(${JSON.stringify(chunk)}, base).href);
      // JupyterLab writes to what it gets, and a module's namespace is read-only.
      const exported = { __esModule: true, default: loaded.default };
      return () => exported;
    },
  };
})();
`;

/** The extension's own package.json: what JupyterLab reads, and nothing of how we build. */
function manifest(entry) {
  const { name, version, license, jupyterlab } = JSON.parse(readFileSync("package.json", "utf8"));
  const built = { ...jupyterlab, _build: { load: `static/${entry}`, extension: "./extension" } };
  return `${JSON.stringify({ name, version, license, jupyterlab: built }, null, 2)}\n`;
}

/** Writes the files of one folder, in place of whatever was there. */
function fill(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(`${folder}/${name}`, content);
}

/** The list of panels with one of them alone, in place of `panels/index`. */
const only = (kind) => ({
  name: "only",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /panels\/index$/ }, () => ({ path: kind, namespace: "only" }));
    onLoad({ filter: /.*/, namespace: "only" }, ({ path }) => ({
      contents: `import { panel } from "./${path}"; export const panels = { ${path}: panel };`,
      resolveDir: resolve(PANELS),
    }));
  },
});

/** Prints one line a bundle; returns the names of those above the limit. */
function weigh(bundles, limit) {
  const sizes = Object.entries(bundles).map(([name, content]) => [name, gzipSync(content, { level: 9 }).length]);
  for (const [name, size] of sizes)
    console.log(`${name.padEnd(22)} ${(size / 1000).toFixed(1).padStart(6)} kB gzipped`);
  return sizes.filter(([, size]) => size > limit).map(([name]) => name);
}

/** The widget and the page of one kind of panel, by file name. */
async function carried(kind) {
  const plugins = [only(kind), styles];
  return {
    [`widget.${kind}.js`]: await text({ entryPoints: [`${HOSTS}/widget.ts`], format: "esm", plugins }),
    [`page.${kind}.js`]: await text({ entryPoints: [`${HOSTS}/page.ts`], format: "iife", plugins }),
  };
}

const EXPORT = /^export const panel\b/m;
const kinds = readdirSync(PANELS)
  .filter((file) => /\.tsx?$/.test(file) && EXPORT.test(readFileSync(`${PANELS}/${file}`, "utf8")))
  .map((file) => file.replace(/\.tsx?$/, ""));
const files = Object.assign({}, ...(await Promise.all(kinds.map(carried))));
const lab = await text({ entryPoints: [`${HOSTS}/lab.ts`], format: "esm", plugins: [styles, lent] });

const chunk = `lab.${hash(lab)}.js`;
const entrance = container("afterlaunch", chunk);
const entry = `remoteEntry.${hash(entrance)}.js`;

fill(STATIC, files);
fill(EXTENSION, { "package.json": manifest(entry) });
fill(`${EXTENSION}/static`, { [chunk]: lab, [entry]: entrance });

const heavy = [...weigh(files, MAX_GZIPPED), ...weigh({ "lab.js": lab }, MAX_LAB_GZIPPED)];
if (heavy.length > 0) {
  console.error(`${heavy.join(", ")}: too large gzipped; see what grew, or raise the limit with a reason`);
  process.exitCode = 1;
}
