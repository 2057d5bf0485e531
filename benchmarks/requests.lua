-- What wrk sends and prints for benchmarks/serve.py: each request of a file in turn, then figures on one line.
-- A request is a line: method, path and body, parted by tabs.

local asked = {}
local turn = 0
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("first", #threads)
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = { ["Accept"] = "application/sparql-results+json" }
    if method == "POST" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
    table.insert(asked, wrk.format(method, path, headers, body ~= "" and body or nil))
  end
  turn = first * 7
end

function request()
  turn = turn + 1
  return asked[turn % #asked + 1]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  local seconds = summary.duration / 1e6
  local good = summary.requests - errors.status
  print(string.format("FIGURES %f %f %f %d", good / seconds, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
