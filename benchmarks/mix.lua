-- wrk script: cycle through "path<TAB>etag" lines; check every answer; print one JSON line.
-- arguments after "--": mix file, URL prefix, expected status, "etag" or "-", Accept-Encoding or "-"
local paths, headers, place = {}, {}, 0
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(args)
  want = tonumber(args[3]) or 200
  wrong = 0
  for line in io.lines(args[1]) do
    local path, etag = line:match("^([^\t]*)\t?(.*)$")
    local own = {["Host"] = wrk.headers["Host"]}
    if args[4] == "etag" and etag ~= "" then own["If-None-Match"] = etag end
    if args[5] and args[5] ~= "-" then own["Accept-Encoding"] = args[5] end
    table.insert(paths, wrk.format("GET", args[2] .. path, own))
  end
end

function request()
  place = place % #paths + 1
  return paths[place]
end

function response(status)
  if status ~= want then wrong = wrong + 1 end
end

function done(summary, latency, _)
  local wrong = 0
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("wrong")
  end
  local errors = summary.errors
  io.write(string.format(
    '\nJSON {"requests": %d, "seconds": %.3f, "p50_ms": %.4f, "p99_ms": %.4f, "max_ms": %.3f, "bytes": %d, "wrong": %d, "socket_errors": %d, "timeouts": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    summary.bytes, wrong, errors.connect + errors.read + errors.write, errors.timeout))
end
