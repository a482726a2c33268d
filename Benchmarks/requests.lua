-- For wrk: sends the requests of the file named after "--", in turn. Before each stands a line with its length.
local requests, sent = {}, 0

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    for length in file:lines() do
        requests[#requests + 1] = file:read(tonumber(length))
    end
    file:close()
end

function request()
    sent = sent % #requests + 1
    return requests[sent]
end
