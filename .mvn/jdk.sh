# Sourced by mvnw and deploy/greenstick: leaves JAVA_HOME at a JDK 25 or newer, or says in one line what to install.
# Looks at JAVA_HOME_25, JAVA_HOME, the java on the PATH, then where Debian, Red Hat, macOS and SDKMAN put JDKs.
greenstick_jdk() {
  set +f
  jdk_path=$(command -v javac || :)
  [ -z "$jdk_path" ] || jdk_path=$(readlink -f "$jdk_path" 2>/dev/null || printf %s "$jdk_path")
  for jdk in "${JAVA_HOME_25-}" "${JAVA_HOME-}" "${jdk_path%/bin/javac}" \
    /usr/lib/jvm/*25* /usr/java/*25* /opt/java/*25* /opt/*jdk*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/25*; do
    [ -x "$jdk/bin/javac" ] && [ -r "$jdk/release" ] || continue
    jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$jdk/release")
    [ "${jdk_version:-0}" -ge 25 ] || continue
    JAVA_HOME=$jdk
    export JAVA_HOME
    return 0
  done
  echo "Greenstick needs a JDK 25 and found none: install one (for example Temurin 25) and set JAVA_HOME_25 to it if it lies in an unusual place." >&2
  return 1
}
greenstick_jdk || exit 3
