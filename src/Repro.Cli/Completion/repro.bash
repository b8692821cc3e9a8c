# Tab completion of repro: eval "$(repro completion bash)"
_repro() {
  local line="${COMP_LINE:0:COMP_POINT}" word="" candidate
  [[ "$line" == *[[:blank:]] ]] || word="${line##*[[:blank:]]}"

  # bash cuts words at colons and equals signs; only what follows the last cut is replaced.
  local kept=""
  [[ "$word" == *[:=]* && "$COMP_WORDBREAKS" == *:* ]] && kept="${word%"${word##*[:=]}"}"
  COMPREPLY=()
  while IFS= read -r candidate; do
    [[ -n "$candidate" && "$candidate" == "$word"* ]] && COMPREPLY+=("${candidate#"$kept"}")
  done < <(repro "[suggest:${#line}]" "$line" 2> /dev/null)

  # A list that goes on after a comma is not finished.
  [[ "$word" == *,* ]] && compopt -o nospace 2> /dev/null
  return 0
}
complete -o default -F _repro repro
