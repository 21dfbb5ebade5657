#!/usr/bin/env bash
# Trains the starter model from nothing and writes models/starter. Resumes where it was stopped.
#   training/run.sh                 all of it; hours on a CPU (minutes: VISION, JOINT with SMALL of them on small pictures, DECODER)
#   training/run.sh --smoke         minutes-small, into a throw-away folder: does every step still run?
#   training/run.sh --help
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
if [[ "${1:-}" == "--help" || "${1:-}" == "-h" ]]; then sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0; fi

smoke=""
[[ "${1:-}" == "--smoke" ]] && smoke=yes
if [[ -n $smoke ]]; then
  workspace=$(mktemp -d)
  trap 'rm -rf "$workspace"' EXIT
  out=$workspace/starter golden=$workspace/golden
  vision=0.2 joint=0.8 until=0.4 decoder=0.3 invented=24 scenes=200 held_out=150 count=10 judged=20 small="--batch 16"
else
  workspace=${WORKSPACE:-$here/runs/starter}
  out=$root/models/starter golden=$root/tests/fixtures/starter
  vision=${VISION:-60} joint=${JOINT:-150} until=${SMALL:-90} decoder=${DECODER:-220} invented=2000 scenes=24000 held_out=6000 count=600 judged=900 small=""
fi
mkdir -p "$workspace"

python=${PYTHON:-$here/runs/venv/bin/python}
if [[ ! -x $python ]]; then
  echo "── Python packages into training/runs/venv (once; some 3 GB)"
  python3 -m venv "$here/runs/venv"
  "$here/runs/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi
# Large tensors come and go in every step: handing their memory back to the system each time costs a quarter of the speed.
export OMP_WAIT_POLICY=PASSIVE MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456
step() { echo "── $1"; shift; PYTHONPATH=$here/starter "$python" -u "$here/starter/$1.py" "${@:2}"; }

echo "── flags, facts and photographs"
cd "$root"
artists=()
if [[ -z $smoke ]]; then
  npm install --prefix "$workspace/artists" --no-save --ignore-scripts --no-audit --no-fund svg-country-flags@1.2.10 @twemoji/svg@15.0.0
  artists=(--artists "$workspace/artists")
fi
node training/starter/render_flags.mjs "$workspace/flags" "${artists[@]}"
npx tsx training/starter/export_facts.ts "$workspace"
cp node_modules/world-countries/countries.json "$workspace/countries.json"
step "background photographs" fetch_photos "$workspace/photos" || echo "no photographs: drawn backgrounds only"

if [[ -n $smoke ]]; then
  echo "── tests of the training code"
  (cd "$here/starter" && "$python" -m unittest discover --pattern 'test_*.py')
fi
step "vision tower: which flag is it?" train_encoder --workspace "$workspace" --minutes "$vision" --invented "$invented" $small
step "both towers, small pictures" train_joint --workspace "$workspace" --size 128 --minutes "$joint" --until "$until" --invented "$invented" $small
step "both towers, large pictures" train_joint --workspace "$workspace" --size 160 --minutes "$joint" --invented "$invented" $small
step "encode training scenes" encode_scenes --workspace "$workspace" --scenes "$scenes" --invented "$invented"
step "encode held-out scenes" encode_scenes --workspace "$workspace" --scenes "$held_out" --held-out
step "decoder, with noise" train_decoder --workspace "$workspace" --minutes "$decoder" ${small:+--batch 2}
step "decoder, without noise (ablation)" train_decoder --workspace "$workspace" --minutes "$decoder" --no-noise ${small:+--batch 2}
step "figures of the encoder" evaluate_encoder --workspace "$workspace" --count "$((count * 2))" --out "$workspace/encoder.json"
step "figures of retrieval by what the question is about" evaluate_focus --workspace "$workspace" --count "$count" --out "$workspace/focus.json"
step "figures of the decoder" evaluate_decoder --workspace "$workspace" --count "$count" --out "$workspace/decoder.json"
step "export" export --workspace "$workspace" --out "$out"
step "golden files" golden --workspace "$workspace" --out "$golden"
echo "── critic: scenes, and the weights that tell good evidence from bad"
PYTHONPATH=$here/starter "$python" "$here/critic/scenes.py" "$workspace/judged" --workspace "$workspace" --count "$judged"
npx tsx training/critic/fit.ts "$workspace/judged" --model "$out" --keep 0.97
echo "── done: $out"
