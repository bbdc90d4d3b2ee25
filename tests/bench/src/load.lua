-- What wrk sends: the requests of a file in turn, each with a key of its own where it has a place for one.
-- Arguments: that file, and what the keys begin with. The last line of the output is the result.

local requests = {}
local sent = 0
local prefix

function init(arguments)
  prefix = arguments[2] .. "-" .. math.random(1000000) .. "-"
  for _, request in ipairs(dofile(arguments[1])) do
    local text = wrk.format(request.method, request.path, request.headers, request.body)
    local at, stop = text:find("@KEY@", 1, true)
    if at then
      table.insert(requests, { text:sub(1, at - 1), text:sub(stop + 1) })
    else
      table.insert(requests, { text })
    end
  end
end

function request()
  sent = sent + 1
  local parts = requests[sent % #requests + 1]
  if parts[2] then
    return parts[1] .. prefix .. sent .. parts[2]
  end
  return parts[1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
