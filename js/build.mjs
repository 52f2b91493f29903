// Builds the three bundles from js/src/hosts: `widget` (a module for anywidget), `page` (a script for exported pages)
// and `lab` (a JupyterLab extension). Prints their sizes and fails when one is too large.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HOSTS = "js/src/hosts";
const STYLE = "js/src/panels/style.css";
const STATIC = "src/afterlaunch/static";
const EXTENSION = "src/afterlaunch/labextension";
const MAX_GZIPPED = 80_000; // of the three panels together, each of which needs a third of it
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

/** Prints one line a bundle; returns the names of those above the limit. */
function weigh(bundles) {
  const sizes = Object.entries(bundles).map(([name, content]) => [name, gzipSync(content, { level: 9 }).length]);
  for (const [name, size] of sizes)
    console.log(`${name.padEnd(12)} ${(size / 1000).toFixed(1).padStart(6)} kB gzipped`);
  return sizes.filter(([, size]) => size > MAX_GZIPPED).map(([name]) => name);
}

const widget = await text({ entryPoints: [`${HOSTS}/widget.ts`], format: "esm", plugins: [styles] });
const page = await text({ entryPoints: [`${HOSTS}/page.ts`], format: "iife", plugins: [styles] });
const lab = await text({ entryPoints: [`${HOSTS}/lab.ts`], format: "esm", plugins: [styles, lent] });
const css = await stylesheet(STYLE);

const chunk = `lab.${hash(lab)}.js`;
const entrance = container("afterlaunch", chunk);
const entry = `remoteEntry.${hash(entrance)}.js`;

fill(STATIC, { "widget.js": widget, "widget.css": css, "page.js": page });
fill(EXTENSION, { "package.json": manifest(entry) });
fill(`${EXTENSION}/static`, { [chunk]: lab, [entry]: entrance });

const heavy = weigh({ "widget.js": widget, "widget.css": css, "page.js": page, "lab.js": lab });
if (heavy.length > 0) {
  console.error(
    `${heavy.join(", ")}: more than ${MAX_GZIPPED / 1000} kB gzipped; see what grew, or raise the limit with a reason`,
  );
  process.exitCode = 1;
}
