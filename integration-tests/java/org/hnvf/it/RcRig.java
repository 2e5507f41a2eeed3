package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.it.Scripts.Ended;

/**
 * The rc.d script, as it is installed, under an rc.subr that does what the real one does with the
 * variables that are set: methods before and after, flags, environment, pid files.
 */
final class RcRig {

  private static final String RC_SUBR =
      """
      load_rc_config() { . "%1$s/rc.conf"; }
      warn() { echo "WARNING: $*" >&2; }
      check_pidfile() {
        [ -f "$1" ] || return 0
        read -r _pid _ <"$1" || :
        case $(ps -o stat= -p "${_pid:-0}") in
        '' | Z*) ;;
        *) echo "$_pid" ;;
        esac
      }
      run_rc_command() {
        [ -n "$name" ] && [ -n "$rcvar" ] || exit 3
        [ -r "$required_files" ] || { echo "no $required_files" >&2; exit 4; }
        eval "rc_flags=\\$${name}_flags"
        rc_arg=$1
        rc_fast=
        case $1 in
        fast*) rc_arg=${1#fast} rc_fast=yes ;;
        esac
        rc_pid=$(check_pidfile "$pidfile" "$command")
        case $rc_arg in
        start)
          eval "enabled=\\$$rcvar"
          [ "$enabled" = YES ] || { echo "not enabled" >&2; exit 0; }
          $start_precmd || exit 1
          eval "env $hnvf_env $command $rc_flags $command_args" || exit 1
          $start_postcmd
          ;;
        stop)
          $stop_cmd || exit 1
          ;;
        reload)
          [ "$extra_commands" = "reload check" ] || exit 3
          $reload_precmd || exit 1
          $reload_cmd
          ;;
        onecheck)
          [ "$extra_commands" = "reload check" ] || exit 3
          $check_cmd || exit 1
          ;;
        restart)
          $restart_precmd || exit 1
          ( run_rc_command stop )
          [ -z "${rig_starts_again-}" ] || ( run_rc_command start )
          echo restarted
          ;;
        esac
      }
      """;

  private final Path directory;
  private final Path prefix;
  private final Path rundir;
  private final Scripts scripts;

  /** Installs it under a directory. */
  RcRig(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.prefix = directory.resolve("opt");
    this.rundir = directory.resolve("run");
    this.scripts = new Scripts(directory.resolve("rig"));
    Ended ended =
        scripts.run(
            ImmutableMap.of(
                "PREFIX", prefix.toString(), "DESTDIR", "/", "JAVA", Scripts.JAVA.toString()),
            ImmutableList.of(Scripts.BASE.resolve("scripts/install").toString()));
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    Path daemon = scripts.fake("daemon", "");
    scripts.fake("pkill", "[ \"$1\" != -f ]");
    Files.delete(prefix.resolve("etc/hnvf/hnvf.json"));
    Files.writeString(directory.resolve("rc.subr"), RC_SUBR.formatted(directory));
    rcConf("hnvf_enable=YES\n");
    change(". /etc/rc.subr", ". " + directory.resolve("rc.subr"));
    change("/var/run/hnvf", rundir.toString());
    change("/usr/sbin/daemon", daemon.toString());
    change("-user 0", "-user " + Files.getAttribute(directory, "unix:uid"));
  }

  /** Has something else in the place of a text of the script. */
  void change(String text, String other) throws IOException {
    Path script = prefix.resolve("etc/rc.d/hnvf");
    String whole = Files.readString(script);
    assertThat(whole).contains(text);
    scripts.script(script, whole.replace(text, other));
  }

  void rcConf(String text) throws IOException {
    Files.writeString(directory.resolve("rc.conf"), text);
  }

  /** Returns the result of {@code service hnvf VERB}. */
  Ended rc(String shell, String verb) throws IOException, InterruptedException {
    return scripts.run(
        ImmutableMap.of(),
        ImmutableList.<String>builder()
            .addAll(Splitter.on(' ').split(shell))
            .add(prefix.resolve("etc/rc.d/hnvf").toString())
            .add(verb)
            .build());
  }

  Path prefix() {
    return prefix;
  }

  Path rundir() {
    return rundir;
  }

  Scripts scripts() {
    return scripts;
  }
}
