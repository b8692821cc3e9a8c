# Tab completion of repro: eval "$(repro completion zsh)", after compinit
_repro() {
  local -a candidates
  candidates=("${(@f)$(repro "[suggest:$CURSOR]" "$BUFFER" 2> /dev/null)}")
  candidates=("${(@M)candidates:#$PREFIX?*}")
  if (( ${#candidates} )); then
    compadd -- "${candidates[@]}"
  else
    _files
  fi
}
compdef _repro repro
