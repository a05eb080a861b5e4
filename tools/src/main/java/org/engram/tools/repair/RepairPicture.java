package org.engram.tools.repair;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.engram.tools.console.Text;
import org.engram.tools.draw.KeyName;
import org.engram.tools.draw.Palette;
import org.engram.tools.draw.Sketchpad;
import org.engram.tools.repair.Repair.Sight;

/** Draws a picture with each symbol that was found in it: its outline, its text, and the modules that were missing. */
final class RepairPicture {

    private static final double LEAST_SIDE = 600;
    private static final double LONGEST_SIDE = 1400;
    private static final int OPACITY = 120;
    private static final int LONGEST_TEXT = 60;
    private static final int PADDING = 4;
    private static final Font FONT = Palette.font(Font.BOLD, 16);

    private final Graphics2D pen;
    private final double scale;
    private final Rectangle paper;

    private RepairPicture(Graphics2D pen, double scale, Rectangle paper) {
        this.pen = pen;
        this.scale = scale;
        this.paper = paper;
    }

    static BufferedImage draw(BufferedImage photo, List<Repair> repairs) {
        double longest = Math.max(photo.getWidth(), photo.getHeight());
        double scale = Math.clamp(longest, LEAST_SIDE, LONGEST_SIDE) / longest;
        Rectangle paper = new Rectangle((int) Math.max(1, Math.round(scale * photo.getWidth())), (int)
                Math.max(1, Math.round(scale * photo.getHeight())));
        BufferedImage drawn = new BufferedImage(paper.width, paper.height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = drawn.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.setFont(FONT);
        pen.drawImage(photo, 0, 0, paper.width, paper.height, Color.WHITE, null);
        RepairPicture picture = new RepairPicture(pen, scale, paper);
        repairs.forEach(repair -> repair.sight().ifPresent(sight -> picture.mark(repair, sight)));
        pen.dispose();
        return drawn;
    }

    private void mark(Repair repair, Sight sight) {
        int side = sight.place().side();
        Color alarm = Palette.ALARM;
        pen.setColor(new Color(alarm.getRed(), alarm.getGreen(), alarm.getBlue(), OPACITY));
        sight.missing().stream().forEach(module -> pen.fill(square(sight.place(), module % side, module / side, 1)));
        pen.setColor(Sketchpad.colour(repair.verdict()));
        pen.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D outline = square(sight.place(), 0, 0, side);
        pen.draw(outline);
        name(repair, outline.getBounds());
    }

    /** A square of modules, which may be bent. */
    private Path2D square(Place place, int column, int row, int modules) {
        float[] points = new float[8 * modules];
        for (int k = 0; k < modules; k++) {
            float[] corners = {
                column + k,
                row,
                column + modules,
                row + k,
                column + modules - k,
                row + modules,
                column,
                row + modules - k
            };
            for (int edge = 0; edge < 4; edge++) {
                points[2 * (edge * modules + k)] = corners[2 * edge];
                points[2 * (edge * modules + k) + 1] = corners[2 * edge + 1];
            }
        }
        place.toPixels(points);
        Path2D path = new Path2D.Double();
        for (int k = 0; k < points.length; k += 2) {
            if (k == 0) {
                path.moveTo(scale * points[k], scale * points[k + 1]);
            } else {
                path.lineTo(scale * points[k], scale * points[k + 1]);
            }
        }
        path.closePath();
        return path;
    }

    /** Writes the name beneath the symbol if there is room, otherwise at the edge of the picture. */
    private void name(Repair repair, Rectangle symbol) {
        String said = repair.text() == null
                ? repair.verdict().name()
                : Text.shortened(Text.escape(repair.text()), LONGEST_TEXT);
        String text = KeyName.in(FONT, said);
        int width = pen.getFontMetrics().stringWidth(text) + 2 * PADDING;
        int height = pen.getFontMetrics().getHeight() + PADDING;
        int left = Math.max(0, Math.min(symbol.x, paper.width - width));
        int top = Math.max(0, Math.min(symbol.y + symbol.height + PADDING, paper.height - height));
        pen.fillRect(left, top, width, height);
        pen.setColor(Color.WHITE);
        pen.drawString(text, left + PADDING, top + pen.getFontMetrics().getAscent() + PADDING / 2);
    }
}
