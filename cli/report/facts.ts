/*
 * The machine and the versions, as found when the report is made. Nothing of it is written down anywhere else.
 */
import { readFileSync } from 'node:fs';
import { arch, cpus, machine, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

/** A row of the table of versions. */
export interface Fact {
  readonly what: string;
  readonly found: string;
}

/** What stands on the title page and in the chapter on the environment. */
export interface Facts {
  readonly system: string;
  readonly language: string;
  readonly rows: readonly Fact[];
  /** Of the project. */
  readonly version: string;
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Looks around. */
export function findFacts(root: string): Facts {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const typescript = installed(root, 'typescript');
  const system = `${systemName()} (${platform()} ${release()}, ${machine()})`;
  const processors = cpus();
  return {
    system,
    language: `TypeScript ${typescript} on Node.js ${process.versions.node}`,
    version: manifest.version,
    rows: [
      { what: 'Operating system', found: system },
      { what: 'Processor', found: `${processors[0]?.model.trim() ?? arch()}, ${processors.length} cores` },
      { what: 'Memory', found: `${(totalmem() / 2 ** 30).toFixed(0)} GiB` },
      { what: 'Language', found: `TypeScript ${typescript}` },
      { what: 'Runtime', found: `Node.js ${process.versions.node} (V8 ${process.versions.v8}, libuv ${process.versions.uv})` },
      { what: 'Sockets', found: 'node:net and node:dgram of Node.js’s standard library; no other library touches a socket' },
      { what: 'Chatwire', found: manifest.version },
      ...Object.keys(manifest.dependencies).map((name) => ({ what: name, found: installed(root, name) })),
    ],
  };
}

function installed(root: string, name: string): string {
  try {
    return (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as Manifest).version;
  } catch {
    return 'not installed';
  }
}

function systemName(): string {
  if (platform() === 'darwin') return 'macOS';
  if (platform() === 'win32') return 'Windows';
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  } catch {
    return 'Linux';
  }
}
