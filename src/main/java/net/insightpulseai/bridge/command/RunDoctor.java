package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.util.List;
import net.insightpulseai.bridge.doctor.Doctor;
import org.springframework.context.annotation.Import;

/** Checks everything that the bridge depends on. */
@Import(Doctor.class)
class RunDoctor implements Command {

  private final Doctor doctor;

  RunDoctor(Doctor doctor) {
    this.doctor = doctor;
  }

  @Override
  public int run(List<String> arguments, PrintStream out) throws Exception {
    return doctor.run(arguments, out) ? 0 : 1;
  }
}
