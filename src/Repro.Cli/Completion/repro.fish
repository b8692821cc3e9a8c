# Tab completion of repro: repro completion fish > ~/.config/fish/completions/repro.fish
function __repro_complete
    set -l line (commandline -cp)
    repro "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
end
complete -c repro -a '(__repro_complete)'
