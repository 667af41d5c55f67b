/*
 * Draws a graph as SVG by Graphviz, in the report's fonts and colours. The layout follows from the graph alone, so the
 * same graph is the same drawing.
 */
import type { Viz } from '@viz-js/viz';

/** A box. */
export interface Box {
  readonly id: string;
  readonly label: string;
  readonly fill?: string;
  /** The group that it stands in. */
  readonly cluster?: string;
  readonly shape?: string;
}

/** An arrow. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly dashed?: boolean;
  /** It goes both ways. */
  readonly both?: boolean;
  /** It begins and ends at the borders of the boxes' clusters: the clusters are meant. */
  readonly whole?: boolean;
}

/** What is to be drawn. */
export interface Graph {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
  /** Clusters by name, with the words above them. */
  readonly clusters?: Readonly<Record<string, string>>;
  /** `TB` from top to bottom, `LR` from left to right. */
  readonly direction: 'TB' | 'LR';
  readonly rankGap?: number;
}

const FONT = 'fontname="Source Sans 3"';
const INK = '#33415c';

/** The graph as SVG. */
export function drawGraph(graphviz: Viz, graph: Graph): string {
  const svg = graphviz.renderString(dot(graph), { format: 'svg', engine: 'dot' });
  return svg
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/<!DOCTYPE[\s\S]*?>\n?/, '')
    .replaceAll('"Source Sans 3"', `"'Source Sans 3', sans-serif"`); // a family that ends in a number must be quoted
}

function dot({ boxes, arrows, clusters = {}, direction, rankGap = 0.45 }: Graph): string {
  const drawn = (box: Box) =>
    `${quoted(box.id)} [label=${quoted(box.label)} fillcolor=${quoted(box.fill ?? '#ffffff')} shape=${box.shape ?? 'box'}]`;
  const clusterOf = (id: string): string => boxes.find((box) => box.id === id)?.cluster ?? '';
  const lines = [
    `rankdir=${direction}; ranksep=${rankGap}; nodesep=0.25; compound=true; bgcolor=transparent; ${FONT};`,
    `node [style="filled,rounded" ${FONT} fontsize=11 color="${INK}" penwidth=0.8 margin="0.14,0.07" height=0.3];`,
    `edge [${FONT} fontsize=9 color="${INK}" fontcolor="${INK}" penwidth=0.7 arrowsize=0.6];`,
    ...Object.entries(clusters).flatMap(([name, label]) => [
      `subgraph ${quoted(`cluster_${name}`)} { label=${quoted(label)}; labeljust=l; style="rounded,filled"; color="#c8d0dc"; fillcolor="#f6f8fb"; fontsize=11; fontcolor="${INK}";`,
      ...boxes.filter(({ cluster }) => cluster === name).map(drawn),
      '}',
    ]),
    ...boxes.filter(({ cluster }) => cluster === undefined || !(cluster in clusters)).map(drawn),
    ...arrows.map(({ from, to, label, dashed, both, whole }) => {
      const ends = whole ? [`ltail=${quoted(`cluster_${clusterOf(from)}`)}`, `lhead=${quoted(`cluster_${clusterOf(to)}`)}`] : [];
      const attributes = [
        ...(label === undefined ? [] : [`label=${quoted(` ${label} `)}`]),
        ...(dashed ? ['style=dashed'] : []),
        ...(both ? ['dir=both'] : []),
        ...(whole ? ['penwidth=1.8', 'arrowsize=0.9'] : []),
        ...ends,
      ];
      return `${quoted(from)} -> ${quoted(to)} [${attributes.join(' ')}]`;
    }),
  ];
  return `digraph { ${lines.join('\n')} }`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
