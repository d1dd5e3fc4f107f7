/// The two small graphics programs of the fleet: markers and trails.

const colors = `
const vec3 colors[8] = vec3[8](
  vec3(0.04, 0.40, 0.46), vec3(0.79, 0.29, 0.10), vec3(0.36, 0.25, 0.72), vec3(0.10, 0.47, 0.24),
  vec3(0.75, 0.13, 0.42), vec3(0.13, 0.36, 0.75), vec3(0.55, 0.40, 0.02), vec3(0.42, 0.28, 0.20)
);`;

const head = `#version 300 es
precision highp float;
uniform vec2 offset;
uniform float worldSize;
uniform vec2 viewport;
vec2 clipOf(vec2 pixels) { return vec2(pixels.x, -pixels.y) * 2.0 / viewport; }
`;

const sources = {
  marker: {
    vertex: `${head}${colors}
uniform float now;
uniform float size;
uniform float selected;
in vec2 source;
in vec2 target;
in vec2 time;
in float color;
out vec3 fill;
out float isSelected;
void main() {
  float part = clamp((now - time.x) / time.y, 0.0, 1.0);
  isSelected = float(gl_VertexID == int(selected));
  gl_Position = vec4(clipOf((mix(source, target, part) + offset) * worldSize), 0.0, 1.0);
  gl_PointSize = size * (1.0 + 0.6 * isSelected);
  fill = colors[int(color)];
}`,
    // Without roots and derivatives: ten thousand of these are also drawn without a graphics card.
    fragment: `#version 300 es
precision highp float;
uniform float size;
in vec3 fill;
in float isSelected;
out vec4 result;
void main() {
  vec2 place = gl_PointCoord * 2.0 - 1.0;
  float square = dot(place, place);
  float inside = clamp((1.0 - square) * size * 0.25, 0.0, 1.0);
  float rim = clamp((square - 0.46) * size * 0.5, 0.0, 1.0);
  result = vec4(mix(fill, vec3(1.0, 1.0 - 0.2 * isSelected, 1.0 - isSelected), rim) * inside, inside);
}`,
  },
  trail: {
    vertex: `${head}${colors}
in vec2 corner;
in vec2 a;
in vec2 b;
in float alpha;
in float color;
out vec4 stroke;
out float side;
void main() {
  vec2 begin = (a + offset) * worldSize;
  vec2 end = (b + offset) * worldSize;
  vec2 along = end - begin;
  vec2 across = length(along) > 0.0 ? normalize(vec2(-along.y, along.x)) : vec2(0.0);
  gl_Position = vec4(clipOf(mix(begin, end, corner.x) + across * corner.y * 2.0), 0.0, 1.0);
  side = corner.y;
  stroke = vec4(colors[int(color)] * alpha, alpha);
}`,
    fragment: `#version 300 es
precision highp float;
in vec4 stroke;
in float side;
out vec4 result;
void main() { result = stroke * (1.0 - smoothstep(0.4, 1.0, abs(side))); }`,
  },
};

export interface Program {
  handle: WebGLProgram;
  uniform: (name: string) => WebGLUniformLocation | null;
  attribute: (name: string) => number;
}

export function program(gl: WebGL2RenderingContext, name: keyof typeof sources): Program {
  const handle = gl.createProgram();
  gl.attachShader(handle, compiled(gl, gl.VERTEX_SHADER, sources[name].vertex));
  gl.attachShader(handle, compiled(gl, gl.FRAGMENT_SHADER, sources[name].fragment));
  gl.linkProgram(handle);
  if (!gl.getProgramParameter(handle, gl.LINK_STATUS))
    throw new Error(`The graphics program "${name}" does not link: ${gl.getProgramInfoLog(handle)}`);
  const uniforms = new Map<string, WebGLUniformLocation | null>();
  const attributes = new Map<string, number>();
  return {
    handle,
    uniform: (of) => once(uniforms, of, () => gl.getUniformLocation(handle, of)),
    attribute: (of) => once(attributes, of, () => gl.getAttribLocation(handle, of)),
  };
}

function compiled(gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader {
  const shader = gl.createShader(kind) as WebGLShader;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS))
    throw new Error(`A graphics program does not compile: ${gl.getShaderInfoLog(shader)}`);
  return shader;
}

function once<T>(known: Map<string, T>, name: string, find: () => T): T {
  if (!known.has(name)) known.set(name, find());
  return known.get(name) as T;
}
