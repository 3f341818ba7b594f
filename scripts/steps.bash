# Sourced by scripts/lint and scripts/test: a step is a command with a name, whose outcome and time take one line.

failed_steps=()

# step NAME COMMAND...: says how it went; what the command printed is shown only when it failed.
step() {
    local name="$1" began="${EPOCHREALTIME/[.,]/}" output word="ok" status=0
    shift
    output="$("$@" 2>&1 </dev/null)" || status=$?
    if ((status)); then
        word="FAILED"
        failed_steps+=("$name")
        printf '%s\n' "$output"
    fi
    printf '%-7s %-26s %s\n' "$word" "$name" "$(seconds_since "$began")"
}

# seconds_since MICROSECONDS: "3.4 s"
seconds_since() {
    local tenths=$(((${EPOCHREALTIME/[.,]/} - $1) / 100000))
    echo "$((tenths / 10)).$((tenths % 10)) s"
}
